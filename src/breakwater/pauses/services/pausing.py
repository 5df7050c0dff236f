"""Everything is held, with one call that asks only why; closing more, and a date to look again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, move, record
from breakwater.core.urgent import urgent
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import leaving, raise_walls
from breakwater.delivery.services.walls import retire
from breakwater.domain import walltime
from breakwater.domain.errors import Invalid, StaleState
from breakwater.pauses.barriers import CLOSABLE, barriers_for
from breakwater.pauses.lifecycle import PAUSE
from breakwater.pauses.models import Leaving, Pause
from breakwater.pauses.selectors import barriers, count_held, out_before
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

WHY_CHARACTERS = 500
MODES = ("all", "daily")
_MORNING = time(9)
_SOON = timedelta(hours=4)


@dataclass(frozen=True)
class Answer:
    """held: how many posts wait behind it. leaving: what had begun and cannot be stopped. out_day:
    how many posts went out in the last 24 hours."""

    pause: Pause
    held: int
    leaving: list[Delivery]
    out_day: int


def pause_all(by: Access, why: str, *, via: str, mode: str = "all", now: datetime) -> Answer:
    """From this answer on no post leaves, no rule answers and no token does, in this workspace.

    Named persons' answers, corrections and deeds, statements and all deletes go on. Pressed again
    it is the same pause, and everything stands before it again: what was narrowed or let pass too.
    via: "page", "api", "command" or "link". mode: "daily" where it begins as a day-by-day pause.
    Raises: Forbidden; Invalid "why_needed", "far_too_long".
    """
    checks.may(by, Right.PAUSE)
    said = reason(why)
    with urgent():
        return _begin(by, said, via, mode, now)


def close_more(by: Access, pause: Pause, what: Collection[str], *, now: datetime) -> Pause:
    """These of CLOSABLE are held as well. Raises: Forbidden; Invalid("unknown_closing");
    StaleState("pause_over")."""
    checks.may(by, Right.PAUSE)
    if strange := sorted(set(what) - set(CLOSABLE)):
        raise Invalid(code="unknown_closing", field="closed", name=strange[0])
    with transaction.atomic():
        own = locked(pause)
        fresh = [one for one in CLOSABLE if one in what and one not in own.closed]
        if not fresh:
            return own
        known = len(barriers_for(()))
        more = barriers_for(fresh, barriers(own)[0].only)[known:]
        raise_walls(own.workspace_id, more, why=own.why, of=own.pk, by=by.person.pk, now=now)
        own.closed = [one for one in CLOSABLE if one in (*own.closed, *fresh)]
        own.save(update_fields=["closed"])
        note(own, "pause.closed", {"closed": fresh}, by=by.person.pk, now=now)
    return own


def reevaluate(by: Access, pause: Pause, at: datetime, why: str, *, now: datetime) -> Pause:
    """Somebody has looked again, and says when the next time is. Raises: Forbidden; Invalid
    "why_needed", "time_past"; StaleState("pause_over")."""
    checks.may(by, Right.RESUME)
    said = reason(why)
    if at <= now:
        raise Invalid(code="time_past", field="at", wall=f"{at:%Y-%m-%dT%H:%M}", zone="UTC")
    with transaction.atomic():
        own = locked(pause)
        own.reevaluate_at, own.reevaluated_at = at, now
        own.save(update_fields=["reevaluate_at", "reevaluated_at"])
        data = {"at": at.isoformat(), "why": said}
        note(own, "pause.reevaluated", data, by=by.person.pk, now=now)
    return own


def ask_second(by: Access, pause: Pause, *, now: datetime) -> Pause:
    """Each decision of the review needs a second person from now on. Raises: Forbidden;
    StaleState("pause_over")."""
    checks.may(by, Right.PAUSE)
    with transaction.atomic():
        own = locked(pause)
        if not own.two_persons:
            own.two_persons = True
            own.save(update_fields=["two_persons"])
            note(own, "pause.two_persons", {}, by=by.person.pk, now=now)
    return own


def renew(
    pause: Pause, *, daily: bool, only: Sequence[str] = (), by: UUID, now: datetime
) -> list[Hold]:
    """Fresh holds stand for the old ones, without a moment between them; what was let past the old
    ones is behind these. only: as in Barrier. The pause is locked."""
    old = barriers(pause)
    made = raise_walls(
        pause.workspace_id, barriers_for(pause.closed, only), why=pause.why, of=pause.pk,
        daily=daily, by=by, now=now,
    )  # fmt: skip
    retire(old, by=by, now=now)
    return made


def locked(pause: Pause) -> Pause:
    """Always the first lock of a deed on a pause. Raises: StaleState("pause_over")."""
    own = Pause.objects.select_for_update(of=("self",)).select_related("workspace")
    found = own.get(pk=pause.pk)
    if found.over:
        raise StaleState(code="pause_over")
    return found


def note(pause: Pause, verb: str, data: Mapping[str, object], *, by: UUID, now: datetime) -> None:
    record([Fact(pause.workspace_id, verb, "pause", pause.pk, data)], by=by, now=now)


def reason(why: str) -> str:
    """In one line. Raises: Invalid "why_needed", "far_too_long"."""
    said = " ".join(why.split())
    if not said:
        raise Invalid(code="why_needed", field="why")
    if len(said) > WHY_CHARACTERS:
        raise Invalid(code="far_too_long", field="why", limit=WHY_CHARACTERS)
    return said


def _begin(by: Access, why: str, via: str, mode: str, now: datetime) -> Answer:
    if (standing := _standing(by.workspace.pk)) is not None:
        return _again(by, standing, why, via, mode, now)
    try:
        with transaction.atomic():
            pause = _made(by, why, via, mode, now)
    except IntegrityError:  # somebody pressed at the same moment
        if (standing := _standing(by.workspace.pk)) is None:
            raise
        return _again(by, standing, why, via, mode, now)
    holds = raise_walls(
        pause.workspace_id, barriers_for(()), why=why, of=pause.pk, daily=mode == "daily",
        by=by.person.pk, now=now,
    )  # fmt: skip
    note(pause, "pause.began", {"why": why, "via": via, "mode": mode}, by=by.person.pk, now=now)
    return _counted(pause, holds, now)


def _counted(pause: Pause, holds: Sequence[Hold], now: datetime) -> Answer:
    """What the answer says, kept with the pause: in the transaction that raised its holds, since from
    the wall's lock on nothing begins, and once it is committed all workers write at once, to put aside
    what is held. What an earlier press named stays named."""
    going = leaving(pause.workspace_id, holds, now=now)
    Leaving.objects.bulk_create(
        [Leaving(pause=pause, delivery=row, created_at=now) for row in going],
        ignore_conflicts=True,
    )
    pause.held, pause.out_day = count_held(pause), out_before(pause)
    pause.save(update_fields=["held", "out_day"])
    return Answer(pause, pause.held, going, pause.out_day)


def _standing(workspace_id: UUID) -> Pause | None:
    rows = Pause.objects.select_for_update(of=("self",)).select_related("workspace")
    return rows.filter(workspace_id=workspace_id).exclude(state="ended").first()


def _made(by: Access, why: str, via: str, mode: str, now: datetime) -> Pause:
    return Pause.objects.create(
        workspace=by.workspace, mode=mode if mode in MODES else "all", why=why, by=by.person,
        via=via, reevaluate_at=_next_look(by.workspace.zone, now), state=PAUSE.initial,
        state_at=now, created_at=now,
    )  # fmt: skip


def _again(by: Access, pause: Pause, why: str, via: str, mode: str, now: datetime) -> Answer:
    """The button keeps its promise, whatever was loosened since. The wall comes before the chain, as
    for whoever begins to send: the other way round the two would wait for each other."""
    pause.mode = pause.mode if mode == "daily" else "all"
    pause.scope, pause.began_told = {}, False
    pause.save(update_fields=["mode", "scope", "began_told"])
    holds = renew(pause, daily=pause.mode == "daily", by=by.person.pk, now=now)
    if pause.state == "resuming":
        pause = move(pause, PAUSE, "open", by=by.person.pk, now=now, why={"because": "pressed"})
    note(pause, "pause.again", {"why": why, "via": via}, by=by.person.pk, now=now)
    return _counted(pause, holds, now)


def _next_look(zone: str, now: datetime) -> datetime:
    """The next nine o'clock on the wall that is at least four hours away."""
    today = walltime.local(now, zone).date()
    days = (today + timedelta(days=n) for n in range(3))
    mornings = (walltime.instant(day, _MORNING, zone) for day in days)
    return next(one for one in mornings if one >= now + _SOON)
