"""Everything is held by one call, looked at, narrowed and let go again."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.pauses import (
    CloseWish,
    LeavingOut,
    LookWish,
    NarrowWish,
    PauseAnswerOut,
    PauseOut,
    PauseShownOut,
    PausesOut,
    PauseWish,
    ResumedOut,
    ResumeWish,
    ScopeOut,
)
from breakwater.pauses import selectors
from breakwater.pauses.models import Pause
from breakwater.pauses.services.pausing import close_more, pause_all, reevaluate
from breakwater.pauses.services.resuming import Resumed, narrow, resume_all, scope_of
from breakwater.people.roles import Right

router = Router(tags=["pauses"])
_PAUSE = "/w/{slug}/pauses/{pause_id}"


@route(
    router,
    "POST",
    "/w/{slug}/pause",
    right=Right.PAUSE,
    answer=PauseAnswerOut,
    status=201,
    apart=True,
)
def begin(call: Call, wish: PauseWish) -> PauseAnswerOut:
    """From this answer on no post leaves, no rule answers and no program does. Asked again it is the
    same pause, and everything is behind it once more. Only an empty `why` is refused."""
    said = pause_all(call.access, wish.why, via="api", mode=wish.mode, now=call.now)
    leaving = [
        LeavingOut(delivery_id=row.pk, channel_id=row.channel_id, now="unknown")
        for row in said.leaving
    ]
    return PauseAnswerOut(
        pause_id=said.pause.pk, held=said.held, leaving=leaving, out_day=said.out_day
    )


@route(router, "GET", "/w/{slug}/pauses", right=Right.SEE, answer=PausesOut)
def pauses(call: Call) -> PausesOut:
    """The newest 50, ended ones too."""
    return PausesOut(items=[_pause(row) for row in selectors.pauses_of(call.workspace_id)])


@route(router, "GET", _PAUSE, right=Right.SEE, answer=PauseShownOut)
def pause(call: Call, pause_id: UUID) -> PauseShownOut:
    """What its answer said, as it is now."""
    row = _of(call, pause_id)
    shown = selectors.answer(row)
    return PauseShownOut(
        pause_id=row.pk, pause=_pause(row), held=shown.held, out_day=shown.out_day,
        since=shown.since,
        leaving=[
            LeavingOut(delivery_id=one.delivery.pk, channel_id=one.delivery.channel_id, now=one.now)
            for one in shown.leaving
        ],
    )  # fmt: skip


@route(router, "POST", _PAUSE + "/close", right=Right.PAUSE, answer=PauseOut)
def close(call: Call, pause_id: UUID, wish: CloseWish) -> PauseOut:
    """These are held as well: replies and corrections of named persons, their deeds, those of rules."""
    return _pause(close_more(call.access, _of(call, pause_id), wish.closed, now=call.now))


@route(router, "POST", _PAUSE + "/narrow", right=Right.RESUME, answer=ResumedOut, apart=True)
def narrowed(call: Call, pause_id: UUID, wish: NarrowWish) -> ResumedOut:
    """Only posts that have one of these stay paused, and what rules and programs say. The other posts
    leave at their time; what was late asks."""
    scope = scope_of(call.workspace_id, wish.channels, wish.labels, wish.countries)
    done = narrow(
        call.access, _of(call, pause_id), scope, why=wish.why, despite=wish.despite, now=call.now
    )
    return _resumed(done)


@route(router, "POST", _PAUSE + "/reevaluate", right=Right.RESUME, answer=PauseOut)
def look(call: Call, pause_id: UUID, wish: LookWish) -> PauseOut:
    """Somebody has looked again; `at` is when they look next."""
    row = reevaluate(call.access, _of(call, pause_id), wish.at, wish.why, now=call.now)
    return _pause(row)


@route(router, "POST", _PAUSE + "/resume", right=Right.RESUME, answer=ResumedOut, apart=True)
def resume(call: Call, pause_id: UUID, wish: ResumeWish) -> ResumedOut:
    """The pause ends. What lies ahead leaves at its time; all that was late asks a person first."""
    done = resume_all(
        call.access, _of(call, pause_id), why=wish.why, despite_undecided=wish.despite, now=call.now
    )
    return _resumed(done)


def _of(call: Call, pause_id: UUID) -> Pause:
    return selectors.pause_of(call.workspace_id, pause_id)


def _pause(row: Pause) -> PauseOut:
    return PauseOut(
        id=row.pk, mode=row.mode, why=row.why, by=str(row.by or ""), via=row.via, state=row.state,
        scope=ScopeOut(**row.scope), closed=row.closed, two_persons=row.two_persons,
        reevaluate_at=row.reevaluate_at, began_at=row.created_at, ended_at=row.ended_at,
        held=row.held or 0, out_day=row.out_day or 0,
    )  # fmt: skip


def _resumed(done: Resumed) -> ResumedOut:
    return ResumedOut(
        pause=_pause(done.pause), goes_on=done.goes_on, asks=done.asks, dropped=done.dropped
    )
