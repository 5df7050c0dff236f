"""What pages and the API read of the inbox. Texts leave only through `reading`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from breakwater.domain.errors import NotFound
from breakwater.domain.triage import URGENT, Category
from breakwater.inbox.models import Draft, Item, Proposal, Pulse, Setup, Thread

PAGE = 30
_ALONE = Q(pile=None) | Q(category__in=URGENT) | Q(danger=True)
TALK = 50
PRAISE_AFTER = 5
_NOT_AFTER_PRAISE = (Category.DANGER, Category.THREAT, Category.PRAISE)


@dataclass(frozen=True)
class Need:
    """What waits in one category. oldest: since when its oldest conversation waits for us."""

    category: Category
    talks: int
    oldest: datetime


@dataclass(frozen=True)
class Filters:
    """Which conversations a list shows. Empty means any. assignee: of whom; unassigned: of nobody.
    alone: without those that are dealt with as part of a pile."""

    state: str = "open"
    category: str = ""
    channel: UUID | None = None
    what: str = ""
    language: str = ""
    assignee: UUID | None = None
    unassigned: bool = False
    label: UUID | None = None
    contact: UUID | None = None
    pile: UUID | None = None
    alone: bool = False
    overdue: datetime | None = None


@dataclass(frozen=True)
class Cut:
    """Where a page of a list begins: after this conversation."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class Past:
    """How far somebody has come: through this category up to this conversation, and through those
    before it."""

    category: Category
    cut: Cut


def needs(workspace_ids: Collection[UUID], *, grouped: bool = False) -> list[Need]:
    """What waits in these workspaces, by category, in the order to look at it. One query.

    grouped: also what is part of a pile-on, which is dealt with as one thing. A person in danger, a
    threat and what may become a crisis are counted here wherever they are.
    """
    rows = Thread.objects.filter(workspace_id__in=workspace_ids, state="open")
    if not grouped:
        rows = rows.filter(_ALONE)
    counted = rows.values_list("category").annotate(n=Count("pk"), oldest=Min("last_at"))
    found = {Category(name): Need(Category(name), n, oldest) for name, n, oldest in counted}
    return [found[one] for one in Category if one in found]


def needs_by_brand(workspace_ids: Collection[UUID]) -> dict[UUID, list[Need]]:
    """What waits in each of them, by category in the order to look at it, but for what is dealt with
    as part of a pile (pile_selectors.piles_by_brand). One query."""
    rows = Thread.objects.filter(_ALONE, workspace_id__in=workspace_ids, state="open")
    counted = rows.values_list("workspace_id", "category").annotate(
        n=Count("pk"), oldest=Min("last_at")
    )
    found: dict[UUID, list[Need]] = {}
    for workspace_id, name, n, oldest in counted:
        found.setdefault(workspace_id, []).append(Need(Category(name), n, oldest))
    order = list(Category)
    return {
        one: sorted(some, key=lambda need: order.index(need.category))
        for one, some in found.items()
    }


def listed(
    workspace_ids: Collection[UUID],
    filters: Filters,
    *,
    after: Cut | None = None,
    limit: int = PAGE,
) -> list[Thread]:
    """Conversations with channel, contact and assignee; what waits longest first, else the newest.
    One query, along an index."""
    rows = matching(workspace_ids, filters)
    if filters.state == "open":
        order = ("last_at", "pk")
        rows = (
            rows.filter(Q(last_at=after.at, pk__gt=after.id) | Q(last_at__gt=after.at))
            if after
            else rows
        )
    else:
        order = ("-last_at", "-pk")
        rows = (
            rows.filter(Q(last_at=after.at, pk__lt=after.id) | Q(last_at__lt=after.at))
            if after
            else rows
        )
    related = ("channel", "contact", "assignee", "workspace", "pile")
    return list(rows.select_related(*related).order_by(*order)[:limit])


def matching(workspace_ids: Collection[UUID], filters: Filters) -> QuerySet[Thread]:
    rows = Thread.objects.filter(workspace_id__in=workspace_ids)
    exact: Mapping[str, object] = {
        "state": filters.state, "category": filters.category, "channel_id": filters.channel,
        "what": filters.what, "language": filters.language, "assignee_id": filters.assignee,
        "contact_id": filters.contact, "pile_id": filters.pile,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.unassigned:
        rows = rows.filter(assignee=None)
    if filters.alone:
        rows = rows.filter(_ALONE)
    if filters.label:
        rows = rows.filter(labelled__label_id=filters.label)
    if filters.overdue:
        rows = rows.filter(due_at__lt=filters.overdue)
    return rows


def next_in(
    workspace_ids: Collection[UUID], category: Category | None = None, *, past: Past | None = None
) -> Thread | None:
    """The conversation of this category that has waited longest; of any, in the order to look. Not
    of what is part of a pile, unless it is urgent. past: only what comes after that place."""
    if past and category and past.category is not category:
        past = None
    order = [category] if category else list(Category)
    for one in order[order.index(past.category) if past else 0 :]:
        cut = past.cut if past and past.category is one else None
        filters = Filters(category=one.value, alone=True)
        found = listed(workspace_ids, filters, after=cut, limit=1)
        if found:
            return found[0]
    return None


def praise_between(
    workspace_ids: Collection[UUID], found: Thread, *, done: int = 0
) -> Thread | None:
    """Praise to show before `found`, after every PRAISE_AFTER conversations of a walk through all of
    them, where there is some and nobody is in danger or threatened. done: how many so far.

    Why: pleasant clips between the hurtful ones lowered moderators' negative emotion (DIS 2024, doi
    10.1145/3643834.3660708); and who has praised us waits as well, but would come last.
    """
    if not done or done % PRAISE_AFTER or found.category in _NOT_AFTER_PRAISE:
        return None
    return next_in(workspace_ids, Category.PRAISE)


def pulses_of(workspace_ids: Collection[UUID]) -> dict[UUID, int]:
    """What their conversations' changes are counted by; 0 before the first. One query."""
    rows = Pulse.objects.filter(pk__in=workspace_ids).values_list("pk", "number")
    return {**dict.fromkeys(workspace_ids, 0), **dict(rows)}


def thread_of(workspace_id: UUID, thread_id: UUID) -> Thread:
    """Raises: NotFound for none and for another workspace's alike."""
    row = (
        Thread.objects.select_related("channel", "contact", "assignee", "workspace", "pile")
        .filter(workspace_id=workspace_id, pk=thread_id)
        .first()
    )
    if row is None:
        raise NotFound(what="thread")
    return row


def item_of(workspace_id: UUID, item_id: int) -> Item:
    """With arrival, contact and thread. Raises: NotFound."""
    rows = Item.objects.select_related("arrival__channel", "contact", "thread__channel")
    row = rows.filter(workspace_id=workspace_id, pk=item_id).first()
    if row is None:
        raise NotFound(what="item")
    return row


def waiting_in(workspace_id: UUID, thread_ids: Collection[UUID], *, limit: int) -> list[int]:
    """Ids of what still waits in these conversations, the oldest first. One query."""
    rows = Item.objects.filter(
        workspace_id=workspace_id, thread_id__in=thread_ids, own=False, closed=False, gone=False
    )
    return list(rows.order_by("at", "pk").values_list("pk", flat=True)[:limit])


def newest_waiting(thread_ids: Collection[UUID]) -> dict[UUID, Item]:
    """The newest message that waits in each of these conversations, with its arrival. One query."""
    newest = Item.objects.filter(thread=OuterRef("pk"), own=False, closed=False, gone=False)
    last = Subquery(newest.order_by("-at", "-pk").values("pk")[:1])
    wanted = Thread.objects.filter(pk__in=thread_ids).annotate(last=last).values("last")
    rows = Item.objects.filter(pk__in=wanted).select_related("arrival")
    return {row.thread_id: row for row in rows}


def talk_of(thread: Thread, *, limit: int = TALK) -> list[Item]:
    """The newest messages of a conversation, the oldest of them first, with arrival and contact."""
    rows = Item.objects.filter(thread=thread).select_related("arrival", "contact")
    return list(reversed(rows.order_by("-at", "-pk")[:limit]))


@dataclass(frozen=True)
class Talk:
    """A conversation with its newest messages, the oldest of them first, and what its workspace
    chose: whether answers need somebody else's yes, and whose numbers it is shown. proposed: whether
    any answer of it ever waited for a yes."""

    thread: Thread
    items: list[Item]
    approval: bool
    country: str
    proposed: bool


def talk_at(workspace_id: UUID, thread_id: UUID, *, limit: int = TALK) -> Talk:
    """The conversation as `thread_of` gives it, its messages with arrival and contact. One query;
    four for one without messages. Raises: NotFound for none and for another workspace's alike."""
    related = ("channel", "contact", "assignee", "workspace", "pile")
    chosen = Setup.objects.filter(workspace_id=workspace_id)
    rows = Item.objects.filter(thread_id=thread_id, thread__workspace_id=workspace_id)
    rows = rows.select_related("arrival", "contact", *[f"thread__{one}" for one in related])
    proposals = Proposal.objects.filter(thread_id=thread_id)
    found = rows.annotate(
        approval=Exists(chosen.filter(approval=True)), country=Subquery(chosen.values("country")),
        proposed=Exists(proposals),
    )  # fmt: skip
    items = list(reversed(found.order_by("-at", "-pk")[:limit]))
    if not items:
        setup = chosen.first() or Setup()
        alone = thread_of(workspace_id, thread_id)
        return Talk(alone, [], setup.approval, setup.country, proposals.exists())
    last = items[-1]
    for item in items:
        item.thread = last.thread
    country = last.country or Setup().country
    return Talk(last.thread, [*items], last.approval, country, last.proposed)


def drafts_of(thread_id: UUID) -> list[Draft]:
    """What people have typed in a conversation, with who they are. One query."""
    return list(Draft.objects.filter(thread_id=thread_id).select_related("person").order_by("pk"))


def asks_approval(workspace_id: UUID) -> bool:
    """Whether answers need somebody else's yes. One query."""
    return Setup.objects.filter(workspace_id=workspace_id, approval=True).exists()
