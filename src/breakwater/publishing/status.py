"""What a post is, read from its own state and its deliveries; the same rule twice: for rows in
hand (`status_of`) and for the database (`with_status`), held together by a property test."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

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


OUT = ("accepted", "verified")
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
    "verified": Status.DELETED,
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


def with_status(posts: QuerySet[Post], wanted: Status) -> QuerySet[Post]:
    """Those of `posts` whose status is `wanted`, asked of the database."""
    own_states = {Status.DRAFT, Status.IN_REVIEW, Status.APPROVED}
    if wanted in own_states:
        return posts.filter(state=wanted.value)
    states = ["scheduled", "cancelled"] if wanted is Status.CANCELLED else ["scheduled"]
    return posts.filter(state__in=states).annotate(status=_status()).filter(status=wanted.value)


def _status() -> Case:
    needs, leaving, published, deleted, scheduled, cancelled = (
        Q(_has(one))
        for one in (
            Status.NEEDS_YOU,
            Status.LEAVING,
            Status.PUBLISHED,
            Status.DELETED,
            Status.SCHEDULED,
            Status.CANCELLED,
        )
    )
    return Case(
        When(~Q(state="scheduled"), then=F("state")),
        When(needs, then=Value(Status.NEEDS_YOU.value)),
        When(leaving, then=Value(Status.LEAVING.value)),
        When(published & (scheduled | deleted | cancelled), then=Value(Status.PARTLY.value)),
        When(published, then=Value(Status.PUBLISHED.value)),
        When(deleted & scheduled, then=Value(Status.PARTLY.value)),
        When(deleted, then=Value(Status.DELETED.value)),
        When(cancelled & ~scheduled, then=Value(Status.CANCELLED.value)),
        default=Value(Status.SCHEDULED.value),
        output_field=CharField(),
    )


def _has(status: Status) -> Exists:
    """Whether a channel's part of the post has this status."""
    return Exists(
        Delivery.objects.filter(_is(status), source=OuterRef("version_id"), kind=PUBLISH).order_by()
    )


def _is(status: Status) -> Q:
    """`of_target` as a condition on publish deliveries."""
    undone = Q(pk__in=[])
    for stronger in _FIRST:
        here = Q(_deletes(_states(_DELETE, stronger)))
        if stronger is status:
            own = ~(undone | _any_delete()) & Q(state__in=_states(_PUBLISH, status))
            return (here & ~undone) | own
        undone |= here
    return ~_any_delete() & Q(state__in=_states(_PUBLISH, status))


def _any_delete() -> Q:
    return Q(_deletes(sorted(_DELETE)))


def _deletes(states: Sequence[str]) -> Exists:
    return Exists(
        Delivery.objects.filter(source=OuterRef("pk"), kind=DELETE, state__in=states).order_by()
    )


def _states(table: Mapping[str, Status], status: Status) -> list[str]:
    return sorted(state for state, means in table.items() if means is status)
