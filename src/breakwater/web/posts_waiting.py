"""What posts and deliveries ask of a person, in all their workspaces."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from breakwater.core.reasons import why
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import DELETE
from breakwater.domain import walltime
from breakwater.people.models import Person, Workspace
from breakwater.people.selectors import workspaces_of
from breakwater.publishing.calendar import Card, Filters, listing
from breakwater.publishing.models import Post
from breakwater.publishing.selectors import drafts_of, waiting_for
from breakwater.publishing.status import Status
from breakwater.web.waiting import Item, Waiting

SHOWN = 6

T = TypeVar("T")
Found = list[tuple[Workspace, T]]


def posts_waiting(person: Person, now: datetime) -> Iterable[Waiting]:
    """Questions, what to approve, what to change; then, calmly, drafts and what leaves today."""
    workspaces = list(workspaces_of(person))
    waits = [(one, waiting_for(person.pk, one.pk)) for one in workspaces]
    changes = [(one, post) for one, found in waits for post in found.changes_asked]
    asked = {post.pk for _one, post in changes}
    drafts = [
        (one, post)
        for one in workspaces
        for post in drafts_of(person.pk, one.pk)[: SHOWN + len(asked)]
        if post.pk not in asked
    ]
    leaving = [(one, card) for one in workspaces for card in _today(one, now)]
    questions = [(one, row) for one, found in waits for row in found.questions]
    to_approve = [(one, post) for one, found in waits for post in found.to_approve]
    return (
        _sort(_("Questions"), "circle-help", questions, _question),
        _sort(_("To approve"), "clipboard-check", to_approve, _post),
        _sort(_("Changes asked"), "pen-line", changes, _post),
        _sort(_("Your drafts"), "pencil", drafts, _post, calm=True),
        _sort(_("Leaving today"), "calendar-clock", leaving, _card, calm=True),
    )


def _sort(
    title: str,
    icon: str,
    found: Found[T],
    item: Callable[[Workspace, T], Item],
    *,
    calm: bool = False,
) -> Waiting:
    items = tuple(item(workspace, one) for workspace, one in found[:SHOWN])
    more = max(0, len(found) - SHOWN)
    url = reverse("posts", args=[found[SHOWN][0].slug]) if more else ""
    return Waiting(title, icon, items, more, url, calm)


def _post(workspace: Workspace, post: Post) -> Item:
    return Item(
        title=post.title or _("(no text yet)"),
        url=reverse("post", args=[workspace.slug, post.pk]),
        note=_("%(workspace)s · by %(author)s")
        % {"workspace": workspace.name, "author": post.author},
        state=("post", post.state),
        at=post.planned_at,
        zone=workspace.zone,
    )


def _question(workspace: Workspace, row: Delivery) -> Item:
    undoes = row.kind == DELETE
    return Item(
        title=str(row.payload.get("text") or row.channel)[:120],
        url=f"{reverse('workspace', args=[workspace.slug])}deliveries/{row.pk}/",
        note=_("%(channel)s: %(why)s")
        % {"channel": row.channel, "why": why(row.reason, row.state, undoes=undoes)},
        state=("delivery", row.state),
    )


def _card(workspace: Workspace, card: Card) -> Item:
    return Item(
        title=card.title or _("(no text yet)"),
        url=reverse("post", args=[workspace.slug, card.id]),
        note=workspace.name,
        state=("post", card.status),
        at=card.planned_at,
        zone=workspace.zone,
    )


def _today(workspace: Workspace, now: datetime) -> Sequence[Card]:
    """What is planned and still to come before midnight on the workspace's wall, in order."""
    tomorrow = walltime.local(now, workspace.zone).date() + timedelta(days=1)
    midnight = walltime.plan(datetime.combine(tomorrow, time.min), workspace.zone).instant
    filters = Filters(status=Status.SCHEDULED, since=now, until=midnight)
    found = listing(workspace.pk, filters, zone=workspace.zone)
    return tuple(reversed(found.cards))
