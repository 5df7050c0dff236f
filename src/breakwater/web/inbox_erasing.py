"""An author asks what is known of them, or to be erased: found, handed over, and gone."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.inbox import authors, reading
from breakwater.inbox.services import erasing
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.evidence_words import WHYS
from breakwater.web.page import POST, go, page, show
from breakwater.web.shown import network_name
from breakwater.wellbeing.selectors import shield_of


class SureForm(forms.Form):
    sure = forms.BooleanField(label=_("I have made sure that it is this person"))


@page(right=Right.INVITE)
def search(request: HttpRequest, access: Access) -> HttpResponse:
    said = request.GET.get("who", "")[:255]
    shield = shield_of(access.person, access.workspace.pk)
    found = authors.found(access.workspace.pk, said)
    rows = [(one, reading.author(one, shield), network_name(one.network)) for one in found]
    return show(request, "inbox/erasing.html", {"said": said, "rows": rows, "area": "inbox"})


@page(right=Right.INVITE)
def holdings(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    return show(request, "inbox/erasing-one.html", _held(access, contact_id, SureForm()))


@page(right=Right.INVITE, methods=POST)
def export(_request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """A file for the author; kept nowhere here."""
    found = erasing.export(access, contact_id, now=clock.now())
    body = json.dumps(found, ensure_ascii=False, indent=1)
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="author-{contact_id}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@page(right=Right.INVITE, methods=POST)
def erase(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """Nothing goes before somebody says that they made sure: then the page asks again."""
    form = SureForm(request.POST)
    if not form.is_valid():
        context = _held(access, contact_id, form)
        return show(request, "inbox/erasing-one.html", context, status=400)
    done = erasing.erase(access, contact_id, now=clock.now())
    said = _now(
        "Erased: %(messages)s messages, %(talks)s conversations. Kept as evidence: %(kept)s. Older "
        "backups still have what was erased."
    )
    values = {"messages": done.messages, "talks": done.talks, "kept": done.kept}
    messages.success(request, said % values)
    return go(request, "inbox-erasing", access.workspace.slug)


def _held(access: Access, contact_id: UUID, form: SureForm) -> dict[str, Any]:
    found = authors.holdings(access.workspace.pk, contact_id)
    shield = shield_of(access.person, access.workspace.pk)
    return {
        "found": found,
        "author": reading.author(found.contact, shield),
        "network": network_name(found.contact.network),
        "kept": [(row, WHYS[row.why]) for row in found.kept],
        "form": form,
        "area": "inbox",
    }


urlpatterns = [
    path("", search, name="inbox-erasing"),
    path("<uuid:contact_id>/", holdings, name="inbox-erasing-one"),
    path("<uuid:contact_id>/export/", export, name="inbox-erasing-export"),
    path("<uuid:contact_id>/erase/", erase, name="inbox-erasing-erase"),
]
