"""The tab of posts and evidence: each post with its seal, its removal and the proof of absence."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.core import clock
from breakwater.evidence.models import Absence, Capture
from breakwater.evidence.selectors import absences, captures_of
from breakwater.incidents import selectors
from breakwater.incidents.models import Subject
from breakwater.incidents.services import gathering
from breakwater.incidents.services.progress import states_of
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.incident_words import CONTAINING
from breakwater.web.incidents import frame
from breakwater.web.page import POST, go, page, show

Said = str | Promise
WHERE: dict[str, Said] = {
    "sealing": _("its evidence is being sealed"),
    "blocked": _("waits: its evidence is partial"),
    "removing": _("is being taken down"),
    "gone": _("taken down"),
    "hidden": _("hidden there, not deleted"),
    "trouble": _("was not taken down: look at the delivery"),
    "cannot": _("cannot be taken down from here"),
}
CANNOT: dict[str, Said] = {
    "not_connected": _(
        "The channel is not connected. Connected again, the post is taken down by itself."
    ),
    "no_delete": _(
        "This network lets nobody delete or hide it from outside. Delete it there, by hand: it is among "
        "the tasks."
    ),
    "nobody": _("Whoever pressed the button is no longer there."),
}
CAPTURES: dict[str, Said] = {
    "asked": pgettext_lazy("evidence", "asked for"),
    "taking": pgettext_lazy("evidence", "being taken"),
    "sealed": _("sealed"),
    "partial": _("partial"),
    "failed": _("could not be taken"),
}
ABSENT: dict[str, Said] = {
    "": _("not looked yet"),
    "absent": _("not shown to us"),
    "there": _("still there"),
    "unknown": _("could not be seen"),
}


@page(right=Right.RESPOND)
def evidence(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    subjects = selectors.subjects(own)
    captures = captures_of(one.capture for one in subjects if one.capture)
    looks = absences(one.removal_id for one in subjects if one.removal_id)
    where = states_of(subjects, captures)
    containment = selectors.containment_of(own)
    context = {
        **frame(own, "evidence"),
        "containing": _containing(containment.state, where.values()) if containment else "",
        "moves": bool(
            containment and containment.state in ("asked", "walled", "sealing", "deleting")
        ),
        "contains": containment is not None,
        "subjects": [
            _shown(one, captures.get(one.capture or one.pk), looks, where[one.pk], containment)
            for one in subjects
        ],
        "unsealed": any(one.capture is None for one in subjects),
    }
    return show(request, "incidents/evidence.html", context, part="posts")


@page(right=Right.RESPOND, methods=POST)
def seal(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Evidence is asked for of each post that has none."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    gathering.seal(access, own, now=clock.now())
    return go(request, "incident-evidence", access.workspace.slug, own.pk)


def _containing(state: str, where: Collection[str]) -> Said:
    """What is hidden there is still shown to us, and to nobody else."""
    if state == "proved" and "hidden" in where:
        return _("the posts are gone or hidden, as far as the network shows us")
    return CONTAINING[state]


def _shown(
    one: Subject, capture: Capture | None, looks: Any, where: str, containment: Any
) -> dict[str, Any]:
    mine: list[Absence] = [look for look in looks if look.delivery == one.removal_id]
    return {
        "row": one,
        "capture": capture,
        "seal": CAPTURES[capture.state] if capture else "",
        "where": WHERE[where] if containment or one.removal_id else "",
        "tone": {"gone": "done", "hidden": "done", "trouble": "stop", "blocked": "ask"}.get(
            where, "idle"
        ),
        "cannot": CANNOT.get(one.cannot, ""),
        "looks": [(look, ABSENT[look.outcome]) for look in mine],
    }


urlpatterns = [
    path("<uuid:incident_id>/evidence/", evidence, name="incident-evidence"),
    path("<uuid:incident_id>/evidence/seal/", seal, name="incident-seal"),
]
