"""The review of a pause: its lines, what people decided, and new times for what was late."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.base import Short
from breakwater.api.schemas.pause_review import (
    LineDecideWish,
    LineHintOut,
    LinesChosenWish,
    LinesCountOut,
    PauseSlotOut,
    PauseSlotsOut,
    ReviewDoneOut,
    ReviewLineOut,
    ReviewLinesOut,
    SlotsAcceptedOut,
    SlotsChosenWish,
)
from breakwater.pauses.models import Pause, ReviewLine, Slot
from breakwater.pauses.reviewing import Wanted, lines, progress, slots_of
from breakwater.pauses.selectors import pause_of
from breakwater.pauses.services import reviewing, slots
from breakwater.pauses.services.carrying import carry
from breakwater.people.roles import Right

router = Router(tags=["pauses"])
_PAUSE = "/w/{slug}/pauses/{pause_id}"


@route(router, "GET", _PAUSE + "/lines", right=Right.SEE, answer=ReviewLinesOut)
def listed(
    call: Call,
    pause_id: UUID,
    what: Short = "",
    state: Short = "",
    hint: Short = "",
    after: Short = "",
) -> ReviewLinesOut:
    """Fifty, the most urgent first. what: planned, out, profile, rule, ads, hand; state: undecided,
    decided, second; hint: a category, or any."""
    pause = _of(call, pause_id)
    found = lines(pause, Wanted(what=what, state=state, hint=hint), after=after)
    done = [
        ReviewDoneOut(what=one.what, decided=one.decided, all=one.all, second=one.second)
        for one in progress(pause)
    ]
    return ReviewLinesOut(
        items=[_line(row) for row in found.rows], after=found.after, progress=done
    )


@route(
    router, "POST", _PAUSE + "/lines/decide", right=Right.SCHEDULE, answer=LinesCountOut, apart=True
)
def decide(call: Call, pause_id: UUID, wish: LineDecideWish) -> LinesCountOut:
    """keep, modify, pause or cancel, in the name of the token's person, with a reason."""
    pause = _of(call, pause_id)
    if wish.alike:
        n = reviewing.decide_alike(
            call.access, pause, wish.alike, wish.decision, wish.why, now=call.now
        )
    else:
        rows = reviewing.decide(
            call.access, pause, wish.lines, wish.decision, wish.why, now=call.now
        )
        n = len(rows)
    carry(pause, now=call.now)
    return LinesCountOut(n=n)


@route(
    router, "POST", _PAUSE + "/lines/second", right=Right.SCHEDULE, answer=LinesCountOut, apart=True
)
def second(call: Call, pause_id: UUID, wish: LinesChosenWish) -> LinesCountOut:
    """The token's person confirms what others decided."""
    pause = _of(call, pause_id)
    n = len(reviewing.second(call.access, pause, wish.lines, now=call.now))
    carry(pause, now=call.now)
    return LinesCountOut(n=n)


@route(
    router, "POST", _PAUSE + "/lines/resume", right=Right.RESUME, answer=LinesCountOut, apart=True
)
def resume(call: Call, pause_id: UUID, wish: LinesChosenWish) -> LinesCountOut:
    """Lines that were decided "keep" pass the pause before it ends."""
    pause = _of(call, pause_id)
    return LinesCountOut(n=len(slots.resume_lines(call.access, pause, wish.lines, now=call.now)))


@route(router, "GET", _PAUSE + "/slots", right=Right.SEE, answer=PauseSlotsOut)
def times(call: Call, pause_id: UUID) -> PauseSlotsOut:
    """The new times that were proposed, taken or refused, the soonest first."""
    return _slots(slots_of(_of(call, pause_id)))


@route(router, "POST", _PAUSE + "/slots", right=Right.SCHEDULE, answer=PauseSlotsOut, apart=True)
def propose(call: Call, pause_id: UUID) -> PauseSlotsOut:
    """New times for what the pause made late. Nothing is planned by this."""
    return _slots(slots.propose(call.access, _of(call, pause_id), now=call.now))


@route(
    router,
    "POST",
    _PAUSE + "/slots/accept",
    right=Right.RESUME,
    answer=SlotsAcceptedOut,
    apart=True,
)
def accept(call: Call, pause_id: UUID, wish: SlotsChosenWish) -> SlotsAcceptedOut:
    """Each is a new decision on an approved post, which leaves then."""
    done, refused = slots.accept(call.access, _of(call, pause_id), wish.slots, now=call.now)
    return SlotsAcceptedOut(
        accepted=[row.pk for row in done], refused={str(pk): code for pk, code in refused.items()}
    )


@route(router, "POST", _PAUSE + "/slots/refuse", right=Right.SCHEDULE, answer=LinesCountOut)
def refuse(call: Call, pause_id: UUID, wish: SlotsChosenWish) -> LinesCountOut:
    """These go on waiting for a person."""
    return LinesCountOut(
        n=len(slots.refuse(call.access, _of(call, pause_id), wish.slots, now=call.now))
    )


def _of(call: Call, pause_id: UUID) -> Pause:
    return pause_of(call.workspace_id, pause_id)


def _line(row: ReviewLine) -> ReviewLineOut:
    hints = [
        LineHintOut(
            category=one["category"], word=one["word"], why=one["why"], source=one["source"]
        )
        for one in row.hints
    ]
    return ReviewLineOut(
        id=row.pk, what=row.what, subject=row.subject, ref=row.ref,
        title=row.shown.get("title", ""), text=row.shown.get("text", ""),
        channels=row.shown.get("channels", []), stands_at=row.stands_at, hints=hints,
        alike=row.alike, decision=row.decision, why=row.why, by=row.by_id, at=row.at,
        second_by=row.second_by_id, outcome=row.outcome, released_at=row.released_at,
    )  # fmt: skip


def _slots(rows: list[Slot]) -> PauseSlotsOut:
    return PauseSlotsOut(
        items=[
            PauseSlotOut(
                id=row.pk, version=row.version, was_at=row.was_at, to_at=row.to_at, state=row.state
            )
            for row in rows
        ]
    )
