"""What a post is, read from its own state and its deliveries; the same rule twice: for rows in
hand (`status_of`) and for the database (`with_status`), held together by a property test."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import DELETE, PUBLISH
from breakwater.publishing.models import Post


class Status(StrEnum):
    """What a person reads. The first three and "cancelled" are the post's own states too."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    LEAVING = "leaving"
    PUBLISHED = "published"
    PARTLY = "partly"
    NEEDS_YOU = "needs_you"
    CANCELLED = "cancelled"
    DELETED = "deleted"


NEEDS = ("unknown", "needs_human", "held", "missed", "failed")
MOVING = ("claimed", "prepared", "sending", "retry_wait")

_PUBLISH = {
    **dict.fromkeys(OUT, Status.PUBLISHED),
    **dict.fromkeys(NEEDS, Status.NEEDS_YOU),
    **dict.fromkeys(MOVING, Status.LEAVING),
    "queued": Status.SCHEDULED,
    "cancelled": Status.CANCELLED,
}
_DELETE = {
    **dict.fromkeys(("verified", "taken"), Status.DELETED),
    **dict.fromkeys(NEEDS, Status.NEEDS_YOU),
    **dict.fromkeys((*MOVING, "queued", "accepted"), Status.LEAVING),
}
"""What a delete makes of its target; a cancelled one makes nothing of it."""

_FIRST = (Status.DELETED, Status.NEEDS_YOU, Status.LEAVING)
"""When several deletes were ordered for one target, the strongest counts."""


def status_of(post: Post, deliveries: Iterable[Delivery]) -> Status:
    """The status of `post`. deliveries: those of its current version, and their deletes."""
    rows = list(deliveries)
    deletes: dict[UUID, list[str]] = {}
    for row in rows:
        if row.kind == DELETE:
            deletes.setdefault(row.source, []).append(row.state)
    own = [row for row in rows if row.kind == PUBLISH and row.source == post.version_id]
    return of_post(post.state, [of_target(row.state, deletes.get(row.pk, ())) for row in own])


def of_target(state: str, deletes: Sequence[str]) -> Status:
    """One channel's part: its publish delivery's state, and those of the deletes ordered for it."""
    undone = {_DELETE[one] for one in deletes if one in _DELETE}
    return next((one for one in _FIRST if one in undone), _PUBLISH[state])


def of_post(state: str, targets: Sequence[Status]) -> Status:
    """All channels together: a question first, then what moves, then what is done."""
    if state != "scheduled":
        return Status(state)
    kinds = set(targets)
    for first in (Status.NEEDS_YOU, Status.LEAVING):
        if first in kinds:
            return first
    if len(kinds) <= 1:
        return next(iter(kinds), Status.SCHEDULED)
    if Status.PUBLISHED in kinds:
        return Status.PARTLY
    left = kinds - {Status.CANCELLED}
    return next(iter(left)) if len(left) == 1 else Status.PARTLY


def with_status(posts: QuerySet[Post], workspace_id: UUID, wanted: Status) -> QuerySet[Post]:
    """Those of the workspace's `posts` whose status is `wanted`, asked of the database.

    Sets of versions are made once each, not per post: most are small. O(deliveries of the
    workspace) for the statuses that have to rule out "published".
    """
    if wanted in (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED):
        return posts.filter(state=wanted.value)
    derived = Q(state="scheduled") & _derived(workspace_id, wanted)
    own = Q(state="cancelled") if wanted is Status.CANCELLED else Q(pk__in=[])
    return posts.filter(derived | own)


def _derived(workspace_id: UUID, wanted: Status) -> Q:
    """`of_post` as a condition on scheduled posts."""
    some = partial(_some, workspace_id)
    needs, leaving, done, gone, waits, off = (
        Status.NEEDS_YOU,
        Status.LEAVING,
        Status.PUBLISHED,
        Status.DELETED,
        Status.SCHEDULED,
        Status.CANCELLED,
    )
    conditions = {
        needs: lambda: some(needs),
        leaving: lambda: some(leaving) & ~some(needs),
        done: lambda: some(done) & ~some(needs, leaving, gone, waits, off),
        gone: lambda: some(gone) & ~some(needs, leaving, done, waits),
        off: lambda: some(off) & ~some(needs, leaving, done, gone, waits),
        waits: lambda: ~some(needs, leaving, done, gone) & (some(waits) | ~some(off)),
        Status.PARTLY: lambda: (
            ~some(needs, leaving)
            & ((some(done) & some(gone, waits, off)) | (some(gone) & some(waits)))
        ),
    }
    return conditions[wanted]()


def _some(workspace_id: UUID, *wanted: Status) -> Q:
    """Whether a channel's part of the post has one of these statuses (`of_target`)."""
    deletes = Delivery.objects.filter(workspace_id=workspace_id, kind=DELETE).order_by()
    undone: list[str] = []
    parts = Q(pk__in=[])
    for one in _FIRST:
        states = _states(_DELETE, one)
        if one in wanted:
            stronger = deletes.filter(state__in=undone).values("source")
            here = deletes.filter(state__in=states).values("source")
            parts |= Q(pk__in=here) & ~Q(pk__in=stronger)
        undone += states
    own = [state for one in wanted for state in _states(_PUBLISH, one)]
    parts |= Q(state__in=own) & ~Q(pk__in=deletes.filter(state__in=undone).values("source"))
    rows = Delivery.objects.filter(parts, workspace_id=workspace_id, kind=PUBLISH).order_by()
    return Q(version_id__in=rows.values("source"))


def _states(table: Mapping[str, Status], status: Status) -> list[str]:
    return sorted(state for state, means in table.items() if means is status)
