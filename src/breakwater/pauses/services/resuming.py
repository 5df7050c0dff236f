"""A pause is made smaller, day by day, or ended. Nothing late goes out unasked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move
from breakwater.channels.selectors import channels
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import (
    PUBLISH,
    check_clock,
    gather,
    let_pass,
    release,
)
from breakwater.delivery.services import narrow as narrow_holds
from breakwater.domain import walltime
from breakwater.domain.errors import Invalid, StaleState
from breakwater.pauses.lifecycle import PAUSE
from breakwater.pauses.models import Pause
from breakwater.pauses.reviewing import undecided
from breakwater.pauses.selectors import barriers, labels_behind, only_of
from breakwater.pauses.services.pausing import locked, note, reason, renew
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LABELS = 50
_STATE = {"queued": "goes_on", "missed": "asks", "needs_human": "asks", "cancelled": "dropped"}


@dataclass(frozen=True)
class Resumed:
    """goes_on: how many leave at their time. asks: whose time came meanwhile. dropped: what rules
    wanted to answer."""

    pause: Pause
    goes_on: int = 0
    asks: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class Scope:
    """What a pause is about once it is narrowed: any of these."""

    channels: Sequence[UUID] = ()
    labels: Sequence[str] = ()
    countries: Sequence[str] = ()
    also: Sequence[UUID] = field(default=())
    """Channels of the countries."""

    @property
    def tags(self) -> list[str]:
        channels = sorted({str(one) for one in (*self.channels, *self.also)})
        return [*(f"channel:{one}" for one in channels), *(f"label:{x}" for x in self.labels)]


def scope_of(
    workspace_id: UUID, own: Sequence[UUID], labels: Sequence[str], countries: Sequence[str]
) -> Scope:
    """Channels of another workspace are left out; a country stands for its channels. One query."""
    every = list(channels(workspace_id))
    there = {one.pk for one in every}
    also = [one.pk for one in every if one.country and one.country in countries]
    return Scope([one for one in own if one in there], labels, countries, also)


def resume_all(
    by: Access, pause: Pause, *, why: str = "", despite_undecided: bool = False, now: datetime
) -> Resumed:
    """The pause has ended. What lies ahead leaves at its time; all whose time came meanwhile asks a
    person, whatever its window. Ended already: nothing.

    Raises: Forbidden; StaleState "lines_undecided" while the review has lines without a decision and
    "look_first" while the date to look again is over, unless `despite_undecided` with a reason;
    "pressed_again"; "clock_doubted".
    """
    checks.may(by, Right.RESUME)
    check_clock(now)
    said = reason(why) if despite_undecided else " ".join(why.split())
    with transaction.atomic():
        own = locked(pause)
        if not despite_undecided:
            _check(own, now)
        if own.state == "open":
            own = move(own, PAUSE, "resuming", by=by.person.pk, now=now, why={"why": said})
    gather(barriers(own), by=by.person.pk, now=now)
    with transaction.atomic():
        own = locked(own)
        if own.state != "resuming":
            raise StaleState(code="pressed_again")
        moved = [
            row
            for hold in barriers(own)
            for row in release(hold, strict=True, by=by.person.pk, now=now)
        ]
        own = move(own, PAUSE, "ended", by=by.person.pk, now=now, ended_by=by.person, ended_at=now)
    return _resumed(own, moved)


def narrow(
    by: Access, pause: Pause, scope: Scope, *, why: str = "", despite: bool = False, now: datetime
) -> Resumed:
    """Of the posts, only what the scope names is paused from now on; the others are free, as after
    `resume_all`, and it asks for what that asks for. What rules and programs say stays held.

    despite: although something is undecided, or the time to look again is over; with a reason.
    Raises: Forbidden; Invalid "scope_empty", "scope_no_such_label", "far_too_many", "why_needed";
    StaleState "lines_undecided", "look_first", "pause_over", "clock_doubted".
    """
    checks.may(by, Right.RESUME)
    if not scope.tags:
        raise Invalid(code="scope_empty", field="channels")
    if len(scope.labels) > LABELS:
        raise Invalid(code="far_too_many", field="labels", limit=LABELS)
    said = reason(why) if despite else " ".join(why.split())
    check_clock(now)
    with transaction.atomic():
        _check_narrowed(locked(pause), scope, despite, now)
    gather(barriers(pause)[:1], by=by.person.pk, now=now)
    with transaction.atomic():
        own = locked(pause)
        _check_narrowed(own, scope, despite, now)
        moved = narrow_holds(barriers(own)[:1], scope.tags, by=by.person.pk, now=now)
        own.scope = {
            "channels": [str(one) for one in scope.channels],
            "labels": list(scope.labels),
            "countries": list(scope.countries),
        }
        own.save(update_fields=["scope"])
        data = {**own.scope, "why": said}
        note(own, "pause.narrowed", data, by=by.person.pk, now=now)
    return _resumed(own, moved)


def to_daily(by: Access, pause: Pause, why: str, *, now: datetime) -> Pause:
    """From now on what a person confirms for a day leaves on that day; nothing else does. Without a
    gap. Raises: Forbidden; Invalid("why_needed"); StaleState("pause_over")."""
    checks.may(by, Right.RESUME)
    said = reason(why)
    with transaction.atomic():
        own = locked(pause)
        if own.mode == "daily":
            return own
        own.mode = "daily"
        own.save(update_fields=["mode"])
        renew(own, daily=True, only=only_of(own), by=by.person.pk, now=now)
        note(own, "pause.daily", {"why": said}, by=by.person.pk, now=now)
    return own


def confirm_day(
    by: Access, pause: Pause, delivery_ids: Sequence[UUID], *, now: datetime
) -> list[Delivery]:
    """These posts may leave today, on the workspace's wall: the parts of a thread with their first.
    Returns those that may. Raises: Forbidden; StaleState "pause_over", "not_daily"."""
    checks.may(by, Right.SCHEDULE)
    if pause.mode != "daily":
        raise StaleState(code="not_daily")
    hold = _posts_hold(pause)
    own = Delivery.objects.filter(workspace_id=by.workspace.pk, kind=PUBLISH)
    chosen = own.filter(pk__in=delivery_ids).values("source", "channel")
    pairs = {(one["source"], one["channel"]) for one in chosen}
    rows = own.filter(source__in={source for source, _ in pairs})
    wanted = [row for row in rows if (row.source, row.channel_id) in pairs]
    today = walltime.local(now, by.workspace.zone).date()
    return let_pass(wanted, hold, day=today, by=by.person.pk, now=now)


def _posts_hold(pause: Pause) -> Hold:
    found = barriers(pause)
    if not found:
        raise StaleState(code="pause_over")
    return found[0]


def _check(pause: Pause, now: datetime) -> None:
    if (left := undecided(pause)) > 0:
        raise StaleState(code="lines_undecided", n=left)
    if pause.reevaluate_at <= now:
        raise StaleState(code="look_first", when=pause.reevaluate_at.isoformat())


def _check_narrowed(pause: Pause, scope: Scope, despite: bool, now: datetime) -> None:
    """A label that no post behind the pause has would keep nothing back, and free all."""
    if not despite:
        _check(pause, now)
    have = labels_behind(pause) if scope.labels else set()
    if strange := [one for one in scope.labels if one not in have]:
        raise Invalid(code="scope_no_such_label", field="labels", name=strange[0])


def _resumed(pause: Pause, moved: Sequence[Delivery]) -> Resumed:
    counts = {"goes_on": 0, "asks": 0, "dropped": 0}
    for row in moved:
        counts[_STATE[row.state]] += 1
    return Resumed(pause, **counts)
