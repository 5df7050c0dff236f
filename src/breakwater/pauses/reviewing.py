"""Reading a review: its lines in order of urgency, how far it is, and what is due on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services.walls import day_of
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.jarring import CATEGORIES
from breakwater.domain.kinds import PUBLISH
from breakwater.domain.walltime import end_of, instant
from breakwater.pauses.lines import PLANNED_STATES, What
from breakwater.pauses.models import Pause, ReviewLine, Slot
from breakwater.publishing.models import Version

PAGE = 50
STATES = ("undecided", "decided", "second")
HINTS = (*CATEGORIES, "news")


@dataclass(frozen=True)
class Wanted:
    """Which lines. what: lines.What; hint: a category; state: of STATES; alike: a group. Empty: all."""

    what: str = ""
    state: str = ""
    hint: str = ""
    alike: str = ""


@dataclass(frozen=True)
class Lines:
    """One page. after: where the next one begins; "" at the end."""

    rows: tuple[ReviewLine, ...]
    after: str


@dataclass(frozen=True)
class Done:
    """decided: of `all`; second: decided, and still waiting for a second person."""

    what: str
    decided: int
    all: int
    second: int


@dataclass(frozen=True)
class Hand:
    """A person, and how many lines they decided or confirmed."""

    name: str
    lines: int


def lines(pause: Pause, wanted: Wanted, *, after: str = "", size: int = PAGE) -> Lines:
    """The most urgent first: pinned, recent, boosted, standing, planned within a day, the rest.

    Raises: Invalid "bad_place" for a place that no page gave.
    """
    rows = _filtered(pause, wanted)
    if after:
        rank, stands_at, pk = _place(after)
        rows = rows.filter(
            Q(rank__gt=rank) | Q(rank=rank, stands_at__gt=stands_at)
            | Q(rank=rank, stands_at=stands_at, pk__gt=pk)
        )  # fmt: skip
    ordered = rows.select_related("by", "second_by", "channel").order_by("rank", "stands_at", "pk")
    found = list(ordered[: size + 1])
    more = len(found) > size
    shown = tuple(found[:size])
    return Lines(shown, _written(shown[-1]) if more else "")


def line_of(pause: Pause, line_id: UUID) -> ReviewLine:
    found = ReviewLine.objects.filter(pause=pause, pk=line_id).select_related("by").first()
    if found is None:
        raise NotFound(what="line")
    return found


def progress(pause: Pause) -> list[Done]:
    """How far the review is, by kind of line. One query."""
    decided = ~Q(decision="")
    rows = (
        ReviewLine.objects.filter(pause=pause).order_by().values("what")
        .annotate(
            all=Count("pk"), decided=Count("pk", filter=decided),
            second=Count("pk", filter=decided & Q(second_by=None)),
        )
    )  # fmt: skip
    found = {row["what"]: row for row in rows}
    return [
        Done(what, found[what]["decided"], found[what]["all"], _second(pause, found[what]))
        for what in What
        if what in found
    ]


def undecided(pause: Pause) -> int:
    """Lines without a decision that counts: of as many persons as the pause asks for."""
    rows = ReviewLine.objects.filter(pause=pause)
    missing = Q(decision="") | Q(second_by=None) if pause.two_persons else Q(decision="")
    return rows.filter(missing).count()


def hands(pause: Pause) -> list[Hand]:
    """Who decided how many lines, the busiest first."""
    rows = ReviewLine.objects.filter(pause=pause).exclude(by=None).order_by()
    found = rows.values("by__name").annotate(n=Count("pk")).order_by("-n", "by__name")
    return [Hand(row["by__name"], row["n"]) for row in found]


def groups(pause: Pause) -> Mapping[str, int]:
    """alike -> how many undecided lines are alike, where it is more than one."""
    rows = ReviewLine.objects.filter(pause=pause, decision="").order_by().values("alike")
    found = rows.annotate(n=Count("pk")).filter(n__gt=1)
    return {row["alike"]: row["n"] for row in found}


def day_list(pause: Pause, day: date) -> list[tuple[Delivery, bool]]:
    """What is due on that day of the workspace, and whether somebody confirmed it for the day."""
    zone = pause.workspace.zone
    begin, end = instant(day, time.min, zone), end_of(day, zone)
    rows = Delivery.objects.filter(
        workspace_id=pause.workspace_id, kind=PUBLISH, state__in=PLANNED_STATES,
        due_at__gte=begin, due_at__lt=end,
    ).select_related("channel").order_by("due_at", "pk")  # fmt: skip
    passes = {day_of(hold, day) for hold in daily_holds(pause)}
    return [(row, bool(passes & set(row.tags))) for row in rows]


def slots_of(pause: Pause) -> list[Slot]:
    """The new times of a pause, the soonest first; those that were answered last."""
    rows = Slot.objects.filter(pause=pause).order_by("to_at", "pk")
    return sorted(rows, key=lambda one: one.state != "proposed")


def planned_of(slots: Iterable[Slot]) -> dict[UUID, Version]:
    """The versions that these new times are for, with their posts."""
    rows = Version.objects.filter(pk__in=[one.version for one in slots]).select_related("post")
    return {one.pk: one for one in rows}


def daily_holds(pause: Pause) -> list[Hold]:
    """The holds of a pause before which a person's word for the day counts."""
    return list(Hold.objects.filter(of=pause.pk, daily=True, released_at=None))


def _filtered(pause: Pause, wanted: Wanted) -> QuerySet[ReviewLine]:
    rows = ReviewLine.objects.filter(pause=pause)
    if wanted.what:
        rows = rows.filter(what=wanted.what)
    if wanted.alike:
        rows = rows.filter(alike=wanted.alike)
    if wanted.hint in HINTS:
        rows = rows.filter(categories__contains=f"|{wanted.hint}|")
    if wanted.hint == "any":
        rows = rows.exclude(categories="")
    return _of_state(rows, wanted.state)


def _of_state(rows: QuerySet[ReviewLine], state: str) -> QuerySet[ReviewLine]:
    if state == "undecided":
        return rows.filter(decision="")
    if state == "decided":
        return rows.exclude(decision="")
    if state == "second":
        return rows.exclude(decision="").filter(second_by=None)
    return rows


def _second(pause: Pause, row: Mapping[str, Any]) -> int:
    return int(row["second"]) if pause.two_persons else 0


def _written(row: ReviewLine) -> str:
    return f"{row.rank}_{row.stands_at.isoformat()}_{row.pk}"


def _place(text: str) -> tuple[int, datetime, UUID]:
    try:
        rank, stands_at, pk = text.split("_")
        at = datetime.fromisoformat(stands_at)
        if at.tzinfo is None:
            raise ValueError(stands_at)
        return int(rank), at, UUID(pk)
    except ValueError as error:
        raise Invalid(code="bad_place", field="after") from error
