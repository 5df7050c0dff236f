"""What is in the lock-out folder, in numbers and facts; never a word of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, QuerySet

from breakwater.channels.selectors import allows
from breakwater.delivery.lifecycle import ASKS, OUT
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category
from breakwater.inbox.models import Answer, Item, Thread
from breakwater.inbox.selectors import Cut, Filters, listed
from breakwater.networks.base import Can, Deed, What

PAGE = 30
_HIDES = (Deed.HIDE.value, Deed.REMOVE.value)
_UNHIDES = Deed.UNHIDE.value
_ABUSIVE = (Category.ABUSE, Category.THREAT, Category.SPAM)


class Standing(StrEnum):
    """Who can still see it on its network, what concerns us most first."""

    PUBLIC = "public"
    """Everybody, though it could be hidden."""
    CANNOT = "cannot"
    """Everybody; its network has no such thing, or this account may not."""
    HIDING = "hiding"
    """On its way to being hidden."""
    HIDDEN = "hidden"
    PRIVATE = "private"
    """Nobody else ever could: a message to us."""
    GONE = "gone"
    """Nobody: deleted there."""


@dataclass(frozen=True)
class Held:
    """One conversation in the folder, and who can still see the worst of it."""

    thread: Thread
    standing: Standing


def counts(workspace_id: UUID) -> dict[Category, int]:
    """Conversations in the folder, by category. One query."""
    rows = Thread.objects.filter(workspace_id=workspace_id, state="aside")
    found = dict(rows.values_list("category").annotate(n=Count("pk")).order_by())
    return {one: found[one.value] for one in Category if one.value in found}


def offered(workspace_id: UUID) -> QuerySet[Thread]:
    """Open conversations of abuse and nothing else, of the kind that nobody needs to read, and
    nobody's yet."""
    return Thread.objects.filter(
        workspace_id=workspace_id, state="open", category=Category.ABUSE, rank=Level.HELD,
        danger=False, assignee=None,
    )  # fmt: skip


def held(workspace_id: UUID, *, after: Cut | None = None) -> list[Held]:
    """One page and one more, the newest first. Four queries, and one for each channel."""
    talks = listed([workspace_id], Filters(state="aside"), after=after, limit=PAGE + 1)
    standing = standings(talks)
    return [Held(one, standing[one.pk]) for one in talks]


def standings(talks: Sequence[Thread]) -> dict[UUID, Standing]:
    """Of each of these, as it stands on the network as far as we know. Two queries, and one for each
    channel."""
    items = Item.objects.filter(thread__in=talks, own=False, closed=False)
    can = {one.channel_id: allows(one.channel, Can.HIDE).yes for one in talks}
    deeds = _deeds(talks)
    found: dict[UUID, list[Standing]] = {one.pk: [] for one in talks}
    channel_of = {one.pk: one.channel_id for one in talks}
    for item in items.only("thread_id", "what", "gone"):
        may = can[channel_of[item.thread_id]]
        found[item.thread_id].append(_standing(item, deeds.get(item.pk), can_hide=may))
    return {pk: _worst(some) for pk, some in found.items()}


def standing_of(thread: Thread, items: Sequence[Item], answers: Sequence[Answer]) -> Standing:
    """Of one conversation, as far as these messages of it and all its answers and deeds tell. No
    query where the channel's trials were fetched."""
    may = allows(thread.channel, Can.HIDE).yes
    last = {row.item_id: row for row in answers if row.deed in (*_HIDES, _UNHIDES)}
    waiting = [one for one in items if not one.own and not one.closed]
    return _worst([_standing(one, last.get(one.pk), can_hide=may) for one in waiting])


def _worst(found: Sequence[Standing]) -> Standing:
    return min(found, key=list(Standing).index, default=Standing.GONE)


def is_ours_to_hide(item: Item) -> bool:
    """Whether setting it aside hides it: abuse below our own posts, which we answer for. Criticism
    is hidden by nobody without a reason."""
    return item.what == What.COMMENT and not item.danger and item.category in _ABUSIVE


def _deeds(talks: Sequence[Thread]) -> Mapping[int, Answer]:
    """Item id -> the last thing that was done to hide it, or to show it again."""
    rows = Answer.objects.filter(thread__in=talks, deed__in=(*_HIDES, _UNHIDES), item__isnull=False)
    return {
        row.item_id or 0: row
        for row in rows.select_related("delivery").order_by("created_at", "pk")
    }


def _standing(item: Item, last: Answer | None, *, can_hide: bool) -> Standing:
    if item.gone:
        return Standing.GONE
    if item.what == What.MESSAGE:
        return Standing.PRIVATE
    visible = Standing.PUBLIC if can_hide and item.what == What.COMMENT else Standing.CANNOT
    if last is None:
        return visible
    if last.deed == _UNHIDES or last.delivery.state in (*ASKS, "cancelled"):
        return visible
    return Standing.HIDDEN if last.delivery.state in OUT else Standing.HIDING
