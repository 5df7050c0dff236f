"""What posts and deliveries ask of a person, in all their workspaces."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import why_of
from breakwater.domain import walltime
from breakwater.people.models import Person, Workspace
from breakwater.people.selectors import Access
from breakwater.publishing.desk import desk_of
from breakwater.publishing.models import Post
from breakwater.web.waiting import Item, Waiting

SHOWN = 6

T = TypeVar("T", Post, Delivery)


def posts_waiting(person: Person, mine: Sequence[Access], now: datetime) -> Iterable[Waiting]:
    """Questions, what to approve, what to change; then, calmly, drafts and what leaves today."""
    rights = {one.workspace.pk: one.rights for one in mine}
    until = {one.workspace.pk: _midnight(one.workspace, now) for one in mine}
    desk = desk_of(person.pk, rights, until, now)
    return (
        _sort(_("Questions"), "circle-help", desk.questions, _question),
        _sort(_("To approve"), "clipboard-check", desk.to_approve, _post),
        _sort(_("Changes asked"), "pen-line", desk.changes_asked, _post),
        _sort(_("Your drafts"), "pencil", desk.drafts, _post, calm=True),
        _sort(_("Leaving today"), "calendar-clock", desk.leaving, _post, calm=True),
    )


def _sort(
    title: str, icon: str, found: Sequence[T], item: Callable[[T], Item], *, calm: bool = False
) -> Waiting:
    items = tuple(item(one) for one in found[:SHOWN])
    more = max(0, len(found) - SHOWN)
    url = reverse("posts", args=[found[SHOWN].workspace.slug]) if more else ""
    return Waiting(title, icon, items, more, url, calm)


def _post(post: Post) -> Item:
    workspace = post.workspace
    note = _("%(workspace)s · by %(author)s")
    return Item(
        title=post.title or _("(no text yet)"),
        url=reverse("post", args=[workspace.slug, post.pk]),
        note=note % {"workspace": workspace.name, "author": post.author},
        state=("post", post.state),
        at=post.planned_at,
        zone=workspace.zone,
    )


def _question(row: Delivery) -> Item:
    said = why_of(row)
    note = _("%(channel)s: %(why)s")
    return Item(
        title=str(row.payload.get("text") or row.channel)[:120],
        url=f"{reverse('workspace', args=[row.workspace.slug])}deliveries/{row.pk}/",
        note=note % {"channel": row.channel, "why": said},
        state=("delivery", row.state),
    )


def _midnight(workspace: Workspace, now: datetime) -> datetime:
    """When the day ends on the workspace's wall."""
    today = walltime.local(now, workspace.zone).date()
    return walltime.end_of(today, workspace.zone)
