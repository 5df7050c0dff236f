"""One message with its insults masked, or opened: by its page's address, or in place of its veil."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from breakwater.domain.shield import Shield
from breakwater.inbox.models import Item
from breakwater.inbox.reading import NOTHING, Opened, is_veiled
from breakwater.inbox.services.masking import pieces
from breakwater.people.selectors import Access
from breakwater.web.page import show


def masked_on(
    request: HttpRequest, access: Access, items: Sequence[Item], shield: Shield, now: datetime
) -> Opened:
    """The one message of ?masked=, if it is veiled: no exposure. Several passes of the scorer then."""
    asked = request.GET.get("masked", "")
    item = next((one for one in items if str(one.pk) == asked and not one.own), None)
    if item is None or not is_veiled(item, shield):
        return NOTHING
    return Opened(masked={item.pk: pieces(access.workspace, item, shield, now)})


def show_opened(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """For htmx the message alone, which takes the place of its veil; else a page of its own, with the
    way back to where it stands. context: `back`, and what `template` shows."""
    if getattr(request, "htmx", False):
        return show(request, template, context)
    return show(request, "inbox/opened.html", {**context, "opened": template, "area": "inbox"})
