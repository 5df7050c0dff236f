"""What alarms, incidents and the event watch ask of a person, in all their workspaces. A person without
the right in any of them costs no query."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from breakwater.channels.selectors import channels
from breakwater.incidents import selectors as incidents
from breakwater.incidents.models import Action, Incident
from breakwater.pauses.models import Signal
from breakwater.pauses.watching import open_signals
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays import selectors as strays
from breakwater.web import watch_words
from breakwater.web.waiting import Item, Waiting

SHOWN = 6

T = TypeVar("T", Incident, Signal, Action)


def alarms_waiting(_person: Person, mine: Sequence[Access], _now: datetime) -> Iterable[Waiting]:
    """Alarms that nobody has answered, and posts that one of us may have made by hand: a line for each
    workspace. Two queries at most."""
    answering, planning = _where(mine, Right.RESPOND), _where(mine, Right.SCHEDULE)
    found = strays.open_alarms(answering) if answering else []
    alarms = [
        Item(
            title=_("Something is out that nobody here sent"), note=one.workspace.name,
            url=reverse("alarm", args=[one.workspace.slug, one.pk]),
            at=one.created_at, zone=one.workspace.zone,
        )
        for one in found
    ]  # fmt: skip
    asked = strays.questions(planning) if planning else {}
    twins = [_twin(one, asked[pk]) for pk, one in planning.items() if pk in asked]
    return (
        Waiting(_("Alarms"), "circle-alert", alarms),
        Waiting(_("Is this yours?"), "circle-help", twins),
    )


def incidents_waiting(person: Person, mine: Sequence[Access], now: datetime) -> Iterable[Waiting]:
    """Open incidents with tasks of this person, or late ones of anybody. One query."""
    able = _where(mine, Right.RESPOND)
    found = incidents.asking(person.pk, able, now) if able else []
    items = [_incident(one) for one in found[:SHOWN]]
    return (_cut(_("Incidents"), "flag", items, found, "incidents"),)


def signals_waiting(_person: Person, mine: Sequence[Access], _now: datetime) -> Iterable[Waiting]:
    """What the watch proposes to look at, for those who may pause. One query, and one for each
    workspace that far more people than usual speak of."""
    able = _where(mine, Right.PAUSE)
    found = open_signals(able) if able else []
    items = [_signal(one) for one in found[:SHOWN]]
    return (_cut(_("The watch asks you to look"), "waves", items, found, "watch"),)


def actions_waiting(person: Person, mine: Sequence[Access], _now: datetime) -> Iterable[Waiting]:
    """What this person said would change after an incident, until it has; what is nobody's any more,
    for those who look after the workspace. One query."""
    able, above = _where(mine, Right.RESPOND), _where(mine, Right.INVITE)
    found = incidents.open_actions(person.pk, able, above) if able else []
    items = [_action(one) for one in found[:SHOWN]]
    return (_cut(_("To change after an incident"), "rotate-ccw", items, found, "incidents"),)


def _where(mine: Sequence[Access], right: Right) -> dict[UUID, Workspace]:
    return {one.workspace.pk: one.workspace for one in mine if one.may(right)}


def _cut(
    title: str | Promise, icon: str, items: Sequence[Item], found: Sequence[T], name: str
) -> Waiting:
    more = len(found) - len(items)
    url = reverse(name, args=[found[len(items)].workspace.slug]) if more else ""
    return Waiting(title, icon, items, more, url)


def _twin(workspace: Workspace, n: int) -> Item:
    said = ngettext(
        "%(n)s post with words that were written here and did not leave from here",
        "%(n)s posts with words that were written here and did not leave from here", n,
    )  # fmt: skip
    return Item(said % {"n": n}, reverse("strays", args=[workspace.slug]), workspace.name)


def _incident(one: Incident) -> Item:
    mine, late = one.mine, one.late  # type: ignore[attr-defined]  # counted by the selector
    said = [one.workspace.name]
    if mine:
        said.append(ngettext("%(n)s task of yours", "%(n)s tasks of yours", mine) % {"n": mine})
    if late:
        said.append(ngettext("%(n)s task is late", "%(n)s tasks are late", late) % {"n": late})
    return Item(
        title=str(one), note=" · ".join(said), zone=one.workspace.zone,
        url=reverse("incident-tasks", args=[one.workspace.slug, one.pk]),
        at=one.first_at,  # type: ignore[attr-defined]  # the same
    )  # fmt: skip


def _signal(one: Signal) -> Item:
    names = (
        {str(row.pk): str(row) for row in channels(one.workspace_id)}
        if one.why == "mentions"
        else {}
    )
    said = watch_words.signal(one, names, get_language() or "en")
    return Item(
        title=said.title, note=one.workspace.name, at=one.created_at, zone=one.workspace.zone,
        url=f"{reverse('watch', args=[one.workspace.slug])}#signal-{one.pk}",
    )  # fmt: skip


def _action(one: Action) -> Item:
    return Item(
        title=one.text, note=f"{one.workspace.name} · {one.incident}", at=one.due_at,
        url=reverse("incident-review", args=[one.workspace.slug, one.incident_id]),
        zone=one.workspace.zone,
    )  # fmt: skip
