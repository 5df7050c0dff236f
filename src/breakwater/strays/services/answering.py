"""A person says what the strays of an alarm are; each answer by name, on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.domain.errors import Invalid, StaleState
from breakwater.people.models import Purpose
from breakwater.people.services.links import revoke_about
from breakwater.strays.lifecycle import ALARM, ONGOING, SIGHTING
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.services.alarming import opened
from breakwater.strays.services.rules import Wish, add_rule

FINE, WRONG, NOT_US = "fine", "wrong", "not_us"
_BECOMES = {FINE: "fine", WRONG: "wrong", NOT_US: "contained"}
_FROM = {FINE: ("stray",), WRONG: ("stray",), NOT_US: ("stray", "wrong")}


def answer(alarm: Alarm, answer: str, *, by: UUID, via: str, now: datetime) -> Alarm:
    """The strays of the alarm are what the person says. "fine" ends it; after "wrong" or "not_us"
    it is followed. What joins it after "not_us" wakes nobody, and the same answer again covers that
    too; what joins it after "wrong" opens it once more.

    by: id of the person. Raises: Invalid("field_choice"); StaleState where the alarm is over, or
    was followed and is now called fine.
    """
    if answer not in _BECOMES:
        raise Invalid(code="field_choice", field="answer")
    with transaction.atomic():
        row = Alarm.objects.select_for_update().get(pk=alarm.pk)
        if row.state not in ONGOING or (row.state == "followed" and answer == FINE):
            raise StaleState(subject="alarm", id=str(row.pk), state=row.state)
        row = _answered(row, answer, by=by, via=via, now=now)
        strays = list(Sighting.objects.filter(alarm=row, state__in=_FROM[answer]))
        changes = {one.pk: {"answered_by_id": by, "answered_at": now} for one in strays}
        why = {"alarm": str(row.pk), "answer": answer, "via": via}
        move_many(strays, SIGHTING, _BECOMES[answer], by=by, now=now, why=why, changes=changes)
    return row


def answer_fine(
    alarm: Alarm, *, by: UUID, via: str, now: datetime, remember: Wish | None = None
) -> Alarm:
    """As `answer` with "fine". remember: such posts are nobody's alarm from now on, on each channel
    of the alarm. Raises: as `answer`; Invalid with `field` for a rule that cannot be."""
    with transaction.atomic():
        row = answer(alarm, FINE, by=by, via=via, now=now)
        channels = Sighting.objects.filter(alarm=row).values_list("channel_id", flat=True)
        for channel_id in sorted(set(channels)) if remember else ():
            add_rule(row.workspace_id, channel_id, remember, by=by, now=now)  # type: ignore[arg-type]
    return row


def allow(sighting: Sighting, *, by: UUID, now: datetime) -> Sighting:
    """This one is ours and fine; an alarm of which no stray is left ends with it. Raises: StaleState
    when it was answered meanwhile."""
    with transaction.atomic():
        alarm = _locked(sighting.alarm_id)
        row = move(
            sighting, SIGHTING, "fine", by=by, now=now, why={"ref": sighting.ref},
            answered_by_id=by, answered_at=now, to_tell=False,
        )  # fmt: skip
        if alarm and alarm.state == "open" and not alarm.sightings.filter(state="stray").exists():
            _answered(alarm, FINE, by=by, via="page", now=now)
    return row


def close(alarm: Alarm, *, by: UUID | None, now: datetime) -> Alarm:
    """What somebody followed is over: the next stray is another alarm, and so are those that nobody
    has said anything of. Its links open nothing any more. An alarm that is open, or over, stays so."""
    with transaction.atomic():
        row = Alarm.objects.select_for_update().get(pk=alarm.pk)
        if row.state != "followed":
            return row
        row = move(row, ALARM, "answered", by=by, now=now, why={"because": "closed"})
        revoke_about(Purpose.ALARM, row.pk, by=by, now=now)
        left = Sighting.objects.filter(alarm=row, state="stray")
        if left.exists():
            left.update(alarm=opened(row.workspace_id, now))
        return row


def _locked(alarm_id: UUID | None) -> Alarm | None:
    if alarm_id is None:
        return None
    return Alarm.objects.select_for_update().filter(pk=alarm_id).first()


def _answered(alarm: Alarm, answer: str, *, by: UUID, via: str, now: datetime) -> Alarm:
    """The answer stands; the first moment of an answer stays."""
    facts = {
        "answer": answer, "answered_by_id": by, "via": via,
        "answered_at": alarm.answered_at or now, "told_at": alarm.told_at or now,
    }  # fmt: skip
    to = "answered" if answer == FINE else "followed"
    if alarm.state == to:
        Alarm.objects.filter(pk=alarm.pk).update(answer=answer)
        alarm.answer = answer
        return alarm
    why = {"answer": answer, "via": via}
    return move(alarm, ALARM, to, by=by, now=now, why=why, **facts)
