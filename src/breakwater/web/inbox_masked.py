"""Which message of a page is shown with its insults masked: chosen in its address, no exposure."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest

from breakwater.domain.shield import Shield
from breakwater.inbox.models import Item
from breakwater.inbox.reading import NOTHING, Opened
from breakwater.inbox.services.masking import pieces
from breakwater.people.selectors import Access


def masked_on(
    request: HttpRequest, access: Access, items: Sequence[Item], shield: Shield, now: datetime
) -> Opened:
    """The one message of ?masked=, if it is veiled. Several passes of the scorer then."""
    asked = request.GET.get("masked", "")
    item = next((one for one in items if str(one.pk) == asked and not one.own), None)
    if item is None or not shield.veils(item.rank):
        return NOTHING
    return Opened(masked={item.pk: pieces(access.workspace, item, shield, now)})
