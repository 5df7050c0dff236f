"""Posts by day and in a list: light rows with a derived status, the same in both views."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.delivery.models import Delivery
from breakwater.delivery.services import DELETE, PUBLISH
from breakwater.domain import walltime
from breakwater.domain.errors import Invalid
from breakwater.publishing.content import searchable
from breakwater.publishing.models import Post
from breakwater.publishing.status import Status, of_post, of_target, with_status

PAGE = 50
YEARS = range(1990, 2200)


@dataclass(frozen=True)
class Card:
    """One post as a calendar or a list shows it. stands_at: its place, which is when it left, else
    when it is planned, else when it was begun. wall: left_at, else planned_at, in the zone of
    the view."""

    id: UUID
    title: str
    state: str
    status: Status
    author: str
    stands_at: datetime
    planned_at: datetime | None
    left_at: datetime | None
    wall: datetime | None
    channels: tuple[UUID, ...]
    media: int


@dataclass(frozen=True)
class Day:
    date: date
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; nothing set: all posts. since, until: of the instant when it left or
    is planned (until is not included). text: must stand in the post's text, upper and lower case alike."""

    status: Status | None = None
    channel_id: UUID | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Page:
    """cards: newest first. next: the cursor of the following page, "" at the end."""

    cards: tuple[Card, ...]
    next: str


def month(workspace_id: UUID, year: int, number: int, zone: str) -> tuple[Day, ...]:
    """Every day of the month with what left then or is planned, in its order.

    The month begins and ends at midnight on the wall of `zone`, whatever the clocks do.
    Two queries. Raises: Invalid("not_a_month"), Invalid("unknown_zone").
    """
    if year not in YEARS or number not in range(1, 13):
        raise Invalid(code="not_a_month", field="month")
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return days(workspace_id, first, after, zone)


def days(workspace_id: UUID, first: date, after: date, zone: str) -> tuple[Day, ...]:
    """The days from `first` up to, not including, `after`. Two queries."""
    since, until = (walltime.instant(day, time.min, zone) for day in (first, after))
    narrowed = Filters(since=since, until=until)
    posts = _filtered(workspace_id, narrowed).order_by("stands_at", "pk")
    by_day: dict[date, list[Card]] = {}
    for card in _cards(posts, zone):
        if card.wall is not None:
            by_day.setdefault(card.wall.date(), []).append(card)
    dates = (first + timedelta(days=n) for n in range((after - first).days))
    return tuple(Day(day, tuple(by_day.get(day, ()))) for day in dates)


def listing(
    workspace_id: UUID, filters: Filters, *, zone: str, cursor: str = "", size: int = PAGE
) -> Page:
    """A page of posts, by `Card.stands_at`, newest first.

    cursor: a page's `next`. Two queries, whatever the page. Raises: Invalid("bad_cursor").
    """
    posts = _filtered(workspace_id, filters)
    if cursor:
        at, last = _read_cursor(cursor)
        posts = posts.filter(Q(stands_at__lt=at) | Q(stands_at=at, pk__lt=last))
    cards = _cards(posts.order_by("-stands_at", "-pk")[: size + 1], zone)
    page = tuple(cards[:size])
    return Page(page, _cursor(page[-1]) if len(cards) > size else "")


def _filtered(workspace_id: UUID, filters: Filters) -> QuerySet[Post]:
    posts = Post.objects.filter(workspace_id=workspace_id)
    if filters.channel_id:
        posts = posts.filter(draft__targets__has_key=str(filters.channel_id))
    if filters.text.strip():
        posts = posts.filter(words__contains=searchable(filters.text.strip()))
    if filters.since or filters.until:
        posts = posts.filter(planned_at__isnull=False)
    if filters.since:
        posts = posts.filter(stands_at__gte=filters.since)
    if filters.until:
        posts = posts.filter(stands_at__lt=filters.until)
    return with_status(posts, workspace_id, filters.status) if filters.status else posts


def _cards(posts: QuerySet[Post], zone: str) -> list[Card]:
    """The cards of `posts`, in their order. Plain columns: a month may hold a thousand."""
    rows = list(posts.values_list(*_COLUMNS))
    targets = _targets(row[6] for row in rows if row[6])
    return [_card(row, targets, zone) for row in rows]


_COLUMNS = (
    "pk", "title", "state", "stands_at", "planned_at", "left_at", "version_id", "draft",
    "author__name", "author__email",
)  # fmt: skip


def _card(row: tuple[Any, ...], targets: dict[UUID, list[Status]], zone: str) -> Card:
    key, title, state, stands_at, planned_at, left_at, version_id, draft, name, email = row
    at = left_at or planned_at
    return Card(
        id=key,
        title=title,
        state=state,
        status=of_post(state, targets.get(version_id, [])),
        author=name or email,
        stands_at=stands_at,
        planned_at=planned_at,
        left_at=left_at,
        wall=walltime.local(at, zone) if at else None,
        channels=tuple(sorted(UUID(one) for one in draft.get("targets", {}))),
        media=len(draft.get("media", [])),
    )


def _targets(versions: Iterable[UUID]) -> dict[UUID, list[Status]]:
    """version -> the status of each of its channels. One query, four columns.

    Deletes are found through the delivery that they take back.
    """
    wanted = list(versions)
    if not wanted:
        return {}
    own = Delivery.objects.filter(source__in=wanted, kind=PUBLISH)
    undoing = Delivery.objects.filter(source__in=own.values("pk"), kind=DELETE)
    columns = ("pk", "kind", "source", "state")
    rows = list(own.values_list(*columns).union(undoing.values_list(*columns), all=True))
    deletes: dict[UUID, list[str]] = {}
    for _, kind, source, state in rows:
        if kind == DELETE:
            deletes.setdefault(source, []).append(state)
    found: dict[UUID, list[Status]] = {}
    for key, kind, source, state in rows:
        if kind == PUBLISH:
            found.setdefault(source, []).append(of_target(state, deletes.get(key, ())))
    return found


def _cursor(card: Card) -> str:
    return f"{card.stands_at.isoformat()}~{card.id}"


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    at, _, last = cursor.partition("~")
    try:
        moment, key = datetime.fromisoformat(at), UUID(last)
    except ValueError as error:
        raise Invalid(code="bad_cursor", field="cursor") from error
    if moment.tzinfo is None or moment.year not in YEARS:
        raise Invalid(code="bad_cursor", field="cursor")
    return moment, key
