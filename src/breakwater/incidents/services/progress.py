"""The worker's part of containing: each step is read from facts, so that whoever is killed in the
middle is followed by somebody who finds what is left to do.

A post is removed by `removing` alone, which takes the capture that allows it.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from breakwater.audit.services import move
from breakwater.channels.services import disconnect
from breakwater.domain.errors import IllegalMove, NotFound, Problem, StaleState
from breakwater.domain.kinds import DELETE
from breakwater.evidence.models import Capture
from breakwater.evidence.selectors import captures_of, expected, ready
from breakwater.evidence.services import expect_absence, sign
from breakwater.incidents.lifecycle import CONTAINMENT
from breakwater.incidents.models import Containment, Incident, Subject
from breakwater.incidents.services.containing import cut, mark
from breakwater.incidents.services.gathering import gather
from breakwater.incidents.services.removing import ask_for_hands, take_away
from breakwater.incidents.services.saying import waits
from breakwater.incidents.services.timeline import note
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import access, with_right
from breakwater.strays.lifecycle import ONGOING
from breakwater.strays.models import Alarm
from breakwater.strays.services import answer
from breakwater.strays.services.answering import NOT_US

log = logging.getLogger(__name__)
QUIET = timedelta(minutes=15)
"""So long after the last stray the channels are disconnected: before, more of them could be neither
seen nor removed."""
_LEASE = timedelta(seconds=30)
_SOON = timedelta(seconds=5)
_LONG = timedelta(days=30)
_BRISK = timedelta(seconds=1)
_CUT_AFTER = timedelta(seconds=3)
_AT_ONCE = 20
BY_HAND = ("trouble", "cannot")
_GONE = ("verified", "taken")
_TROUBLE = ("needs_human", "failed", "held", "missed", "cancelled")
SEALING, BLOCKED, REMOVING, GONE, HIDDEN, TROUBLE, CANNOT = (
    "sealing", "blocked", "removing", "gone", "hidden", "trouble", "cannot",
)  # fmt: skip


def advance_all(now: datetime) -> bool:
    """Every containment that is due went a step further; one that breaks is logged, and stops none of
    the others. True while one moves. Asked for at once meanwhile, it stays due at once."""
    busy = False
    for row in _lease(now):
        was = row.due_at
        try:
            rest = _advance(row, now)
        except Exception:
            log.exception("containment.broken id=%s", row.pk)
            rest = _SOON
        mine = Containment.objects.filter(pk=row.pk, lease_id=row.lease_id)
        mine.filter(due_at=was).update(due_at=now + rest)
        mine.update(lease_id=None, lease_until=None)
        busy = busy or rest < _BRISK
    join_followed(now)
    return busy


def join_followed(now: datetime) -> int:
    """Strays that joined an alarm of which a person said "not us" joined its incident too. How many.
    Any other answer is a person's alone to give for posts that nobody has seen."""
    joined = 0
    alarms = Alarm.objects.filter(state__in=ONGOING, sightings__state="stray").distinct()
    for alarm in alarms.filter(state="followed", answer=NOT_US).order_by("pk")[:_AT_ONCE]:
        incident = Incident.objects.filter(alarm=alarm.pk, state="open").first()
        if incident is not None and alarm.answered_by_id is not None:
            joined += _join(incident, alarm, alarm.answered_by_id, now)
    return joined


def states_of(subjects: Sequence[Subject], captures: Mapping[UUID, Capture]) -> dict[UUID, str]:
    """Where each post is: sealing, blocked, removing, gone, hidden, trouble or cannot."""
    return {one.pk: _state(one, captures) for one in subjects}


def _lease(now: datetime) -> list[Containment]:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    with transaction.atomic():
        rows = list(
            Containment.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("incident", "workspace", "asked_by")
            .filter(free, due_at__lte=now)
            .order_by("due_at")[:_AT_ONCE]
        )
        for row in rows:
            row.lease_id, row.lease_until = uuid4(), now + _LEASE
            row.save(update_fields=["lease_id", "lease_until"])
    return rows


def _advance(row: Containment, now: datetime) -> timedelta:
    """A step further; how soon it is looked at again."""
    by = row.asked_by_id
    if "cut" not in row.marks and now >= row.created_at + _CUT_AFTER:
        cut(row, by=by, now=now)
    if row.state == "asked":
        row = _move(row, "walled", now)
    subjects = _subjects(row)
    left = [one for one in subjects if not _is_out_of_sight(one)]
    captures = captures_of(one.capture for one in left if one.capture)
    _sign_beforehand(row, captures, now)
    allowed = {one.pk: one for one in ready(captures.values())}
    take_away(left, allowed, by=by, now=now)
    _expect_absences(subjects, now)
    found = states_of(subjects, captures)
    _note_marks(row, found, subjects, now)
    if _settle(row, list(found.values()), subjects, now):
        return _rest(row, subjects, captures, now)
    return _LONG if row.state == "done" else _SOON


def _is_out_of_sight(one: Subject) -> bool:
    """Nothing is left to do for it but to look: a round comes five times a second, and most of a long
    one are these."""
    return one.removal is not None and one.removal.state in _GONE


def _expect_absences(subjects: Sequence[Subject], now: datetime) -> None:
    """What is deleted is looked for; asked for once."""
    gone = {
        one.removal.pk: one for one in subjects
        if one.removal is not None and one.removal.kind == DELETE and one.removal.state in _GONE
    }  # fmt: skip
    for delivery in gone.keys() - expected(gone):
        one = gone[delivery]
        expect_absence(
            one.channel, one.remote_id, one.url, delivery=delivery, capture=one.capture, now=now
        )


def _rest(
    row: Containment, subjects: Sequence[Subject], captures: Mapping[UUID, Capture], now: datetime
) -> timedelta:
    """Nothing while something moves, then longer and longer: a network that lets a delete wait for an
    hour is not asked about five times a second."""
    moved = [one.state_at for one in captures.values()]
    moved += [one.removal.state_at for one in subjects if one.removal is not None]
    quiet = now - max([row.state_at, row.created_at, *moved])
    return max(timedelta(), min(_SOON, quiet / 4 - _BRISK / 2))


def _subjects(row: Containment) -> list[Subject]:
    rows = Subject.objects.filter(incident=row.incident)
    return list(rows.select_related("channel", "delivery", "removal").order_by("at", "pk"))


def _join(incident: Incident, alarm: Alarm, by: UUID, now: datetime) -> int:
    with transaction.atomic():
        Alarm.objects.select_for_update().get(pk=alarm.pk)
        try:
            answer(alarm, NOT_US, by=by, via="worker", now=now)
        except StaleState:
            return 0
        rows = gather(incident, alarm, by=by, why=incident.title, now=now)
        if rows:
            note(incident, "joined", by=None, via="worker", data={"n": len(rows)}, now=now)
            Containment.objects.filter(incident=incident).update(due_at=now)
    return len(rows)


def _sign_beforehand(row: Containment, captures: Mapping[UUID, Capture], now: datetime) -> None:
    """What a person signed when they pressed the button, as long as they may still respond."""
    if not row.sign_partial or row.asked_by is None:
        return
    partial = [one for one in captures.values() if one.state in ("partial", "failed")]
    unsigned = set(partial) - set(ready(partial))
    if not unsigned:
        return
    try:
        by = access(row.asked_by, row.workspace.slug, Right.RESPOND)
    except Problem:
        return
    for one in unsigned:
        try:
            sign(by, one, row.sign_partial, now=now)
        except StaleState:
            continue


def _state(one: Subject, captures: Mapping[UUID, Capture]) -> str:
    if one.removal is not None:
        if one.removal.state in _GONE:
            return GONE if one.removal.kind == DELETE else HIDDEN
        return TROUBLE if one.removal.state in _TROUBLE else REMOVING
    if one.cannot:
        return CANNOT
    capture = captures.get(one.capture) if one.capture else None
    return BLOCKED if capture is not None and capture.state in ("partial", "failed") else SEALING


def _note_marks(
    row: Containment,
    found: Mapping[UUID, str],
    subjects: Sequence[Subject],
    now: datetime,
) -> None:
    """The moments of the steps, and a line of the timeline for each."""
    states = list(found.values())
    if not states or SEALING in states:
        return
    with transaction.atomic():
        if mark(row.pk, "sealed", now):
            _line(row, "sealed", len({one.capture for one in subjects if one.capture}), now)
        if mark(row.pk, "removing", now):
            _line(row, "removing", sum(one.removal is not None for one in subjects), now)


def _settle(
    row: Containment, found: Sequence[str], subjects: Sequence[Subject], now: datetime
) -> bool:
    """It is in the state that its posts are in. True while something of it moves."""
    to = _target(set(found))
    if to == "proved" and row.state in ("proved", "done"):
        return _finish(row, subjects, now) if row.state == "proved" else False
    if to != row.state:
        with transaction.atomic():
            row = _move(row, to, now)
            if to == "stuck":
                _say_stuck(row, found, now)
            elif to == "proved" and found:
                _say_gone(row, found, now)
    if to == "stuck":
        ask_for_hands(
            row.incident,
            [one for one, at in zip(subjects, found, strict=True) if at in BY_HAND],
            now=now,
        )
    if to == "stuck" and not {BLOCKED, TROUBLE} & set(found):
        _leave_to_hands(row, subjects, now)
    return to in ("sealing", "deleting")


def _target(states: set[str]) -> str:
    if SEALING in states:
        return "sealing"
    if REMOVING in states:
        return "deleting"
    return "stuck" if states & {BLOCKED, TROUBLE, CANNOT} else "proved"


def _say_gone(row: Containment, found: Sequence[str], now: datetime) -> None:
    """All of them are gone, or out of sight: said again where more of them came since."""
    n, hidden = len(found), found.count(HIDDEN)
    mark(row.pk, "proved", now)
    if hidden:
        _line(row, "hidden", hidden, now)
        data = {"number": row.incident.number, "n": hidden}
        _tell(row, "contain_hidden", data, now, about=f"{n}.{hidden}")
    if n > hidden:
        _line(row, "proved", n - hidden, now)
    if not hidden:
        _tell(row, "contained", {"n": n}, now, about=str(n))


def _say_stuck(row: Containment, found: Sequence[str], now: datetime) -> None:
    number = row.incident.number
    if {BLOCKED, TROUBLE} & set(found):
        why = "partial" if BLOCKED in found else "refused"
        note(row.incident, "stuck", by=None, via="worker", data={"why": why}, now=now)
        _tell(row, "contain_stuck", {"number": number}, now, urgent=True)
    if n := found.count(CANNOT):
        _line(row, "cannot", n, now)
        _tell(row, "contain_left", {"number": number, "n": n}, now, urgent=True, about=str(n))


def _leave_to_hands(row: Containment, subjects: Sequence[Subject], now: datetime) -> None:
    """What is still there can only be deleted by hand: the channels are disconnected all the same,
    once, so that who connects one again for a statement keeps it."""
    if row.keep_channels or "disconnected" in row.marks:
        return
    if now < _quiet_at(row, subjects) or waits(row.incident, now):
        return
    left = _disconnect(row, subjects, now)
    with transaction.atomic():
        if mark(row.pk, "disconnected", now) and left:
            _line(row, "disconnected", len(left), now)


def _quiet_at(row: Containment, subjects: Sequence[Subject]) -> datetime:
    return max((one.created_at for one in subjects), default=row.created_at) + QUIET


def _finish(row: Containment, subjects: Sequence[Subject], now: datetime) -> bool:
    """Quiet for long enough, and no statement waits to leave: the channels are disconnected, unless
    somebody wants to keep them."""
    if now < _quiet_at(row, subjects) or waits(row.incident, now):
        return False
    left = [] if row.keep_channels else _disconnect(row, subjects, now)
    with transaction.atomic():
        try:
            row = _move(row, "done", now)
        except StaleState:
            return False
        if left:
            _line(row, "disconnected", len(left), now)
        _line(row, "contained", 0, now)
        mark(row.pk, "done", now)
    return False


def _disconnect(row: Containment, subjects: Sequence[Subject], now: datetime) -> list[UUID]:
    done = []
    channels = {one.channel_id for one in subjects if one.channel.state == "connected"}
    for channel_id in sorted(channels):
        try:
            disconnect(
                workspace_id=row.workspace_id, channel_id=channel_id,
                by=row.asked_by_id or row.pk, now=now,
            )  # fmt: skip
        except (IllegalMove, NotFound, StaleState):
            continue
        done.append(channel_id)
    return done


def _move(row: Containment, to: str, now: datetime) -> Containment:
    moved = move(row, CONTAINMENT, to, by=row.asked_by_id, now=now)
    moved.incident, moved.workspace = row.incident, row.workspace
    return moved


def _line(row: Containment, code: str, n: int, now: datetime) -> None:
    note(row.incident, code, by=None, via="worker", data={"n": n}, now=now)


def _tell(
    row: Containment,
    code: str,
    data: Mapping[str, object],
    now: datetime,
    *,
    urgent: bool = False,
    about: str = "",
) -> None:
    """about: what of it is new where it is told twice within the hour."""
    key = f"{code}:{row.pk}:{now:%Y%m%d%H}" + (f":{about}" if about else "")
    tell(
        with_right(row.workspace_id, Right.RESPOND), code, key=key, data=dict(data),
        path=f"/w/{row.workspace.slug}/incidents/{row.incident_id}/evidence/",
        workspace_id=row.workspace_id, now=now, urgent=urgent,
    )  # fmt: skip
