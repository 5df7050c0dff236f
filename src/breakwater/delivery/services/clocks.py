"""What is remembered of the clock, so that a worker that starts in a wrong hour knows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from breakwater.audit.services import Fact, record
from breakwater.delivery.models import ClockMark
from breakwater.delivery.services.retiming import retime
from breakwater.domain.clockwatch import Doubt, Reading, ahead
from breakwater.domain.errors import StaleState
from breakwater.people.models import Workspace

_WRITTEN_WITHIN = timedelta(minutes=1)
"""A held mark is written every second."""


@dataclass(frozen=True)
class Arrival:
    """The mark of this boot, and the newest moment on record of other boots when it matters."""

    mark: ClockMark
    last_record: datetime | None


def arrive(boot: str, host: str, reading: Reading) -> Arrival:
    """The mark of this boot; the first worker makes it and takes the clock as it finds it."""
    mark, made = ClockMark.objects.get_or_create(
        boot=boot,
        defaults={
            "host": host,
            "baseline_us": reading.offset_us,
            "seen_us": reading.offset_us,
            "boot_us": reading.boot_us,
            "seen_at": reading.decides,
        },
    )
    newest = None
    if made or mark.reason == Doubt.BEHIND:
        others = ClockMark.objects.exclude(boot=boot)
        newest = others.aggregate(newest=Max("seen_at"))["newest"]
    return Arrival(mark, newest)


def keep(mark: ClockMark, baseline_us: int, reading: Reading) -> ClockMark:
    """The mark with a baseline that went along with a slow drift, and the moment it was seen.

    What somebody else wrote meanwhile (a person confirmed the time) stands: it comes back.
    """
    same = ClockMark.objects.filter(pk=mark.pk, baseline_us=mark.baseline_us)
    same.update(
        baseline_us=baseline_us, seen_us=reading.offset_us, boot_us=reading.boot_us,
        seen_at=reading.decides,
    )  # fmt: skip
    return again(mark) or mark


def hold(
    mark: ClockMark, because: Doubt, reading: Reading, *, believed: datetime
) -> ClockMark | None:
    """Nothing leaves from here until the clock is right again; people are to be told.

    believed: the time that it should be.
    """
    drift = reading.here - reading.decides if because is Doubt.SKEW else ahead(
        reading, mark.baseline_us
    )  # fmt: skip
    values = {
        "seen_us": reading.offset_us, "boot_us": reading.boot_us, "seen_at": believed,
        "ahead_s": drift.total_seconds(), "reason": because.value,
    }  # fmt: skip
    ClockMark.objects.filter(pk=mark.pk).update(**values)
    ClockMark.objects.filter(pk=mark.pk, held_since=None).update(held_since=believed, to_tell=True)
    return again(mark)


def resume(mark: ClockMark) -> ClockMark | None:
    """The clock is believed again."""
    ClockMark.objects.filter(pk=mark.pk).update(
        held_since=None, reason="", to_tell=False, ahead_s=0
    )
    return again(mark)


def begin_anew(mark: ClockMark, reading: Reading) -> ClockMark | None:
    """The clock that was behind at the boot was set right: from here on it is watched."""
    ClockMark.objects.filter(pk=mark.pk).update(
        baseline_us=reading.offset_us, seen_us=reading.offset_us, boot_us=reading.boot_us,
        seen_at=reading.decides,
    )  # fmt: skip
    return resume(mark)


def again(mark: ClockMark) -> ClockMark | None:
    """The mark as it is in the database now; None when it is gone."""
    return ClockMark.objects.filter(pk=mark.pk).first()


def confirm(*, by: UUID, now: datetime) -> int:
    """A person says that the time shown now is right: sending goes on by it. How many machines
    were held for a jump. What differs between two machines cannot be confirmed away.

    now: the deciding clock's time, the one that is confirmed. What waits or is in doubt is
    counted by it from now on (delivery.services.retiming).
    """
    with transaction.atomic():
        held = list(
            ClockMark.objects.select_for_update()
            .filter(held_since__isnull=False, reason__in=(Doubt.JUMP, Doubt.BEHIND))
            .order_by("pk")
        )
        if held:
            _retime(held, now)
        for mark in held:
            mark.baseline_us, mark.held_since = mark.seen_us, None
            mark.reason, mark.ahead_s, mark.to_tell, mark.seen_at = "", 0, False, now
            mark.save()
        if held:
            ClockMark.objects.filter(seen_at__gt=now).update(seen_at=now)
            _on_record(by, now)
    return len(held)


def check(now: datetime) -> None:
    """Nothing, or StaleState("clock_doubted"): at this moment some worker does not believe the clock
    that says `now`, so nothing may be made due by it.

    A mark that nobody writes any more (its machine is off) says nothing.
    """
    for mark in ClockMark.objects.filter(
        held_since__isnull=False, reason__in=(Doubt.JUMP, Doubt.BEHIND)
    ):
        shown = mark.seen_at
        if mark.reason == Doubt.JUMP:
            shown += timedelta(seconds=mark.ahead_s)
        if abs(now - shown) < _WRITTEN_WITHIN:
            raise StaleState(code="clock_doubted", host=mark.host)


def forget(*, before: timedelta, now: datetime) -> int:
    """Boots long past are gone from the table, but for the newest one, the last record."""
    newest = ClockMark.objects.order_by("-seen_at").values_list("pk", flat=True)[:1]
    old = ClockMark.objects.filter(seen_at__lt=now - before).exclude(pk__in=list(newest))
    return old.delete()[0]


def mark_told(marks: list[ClockMark]) -> None:
    for one in marks:
        ClockMark.objects.filter(pk=one.pk, held_since=one.held_since).update(to_tell=False)


def untold() -> list[ClockMark]:
    return list(ClockMark.objects.filter(to_tell=True, held_since__isnull=False))


def _retime(held: list[ClockMark], now: datetime) -> None:
    """All judge the same clock; the machine that looked last knows best how far it moved.

    After a boot nobody knows: at least back by what the last record is ahead.
    """
    jumped = [mark for mark in held if mark.reason == Doubt.JUMP]
    if jumped:
        newest = max(jumped, key=lambda mark: mark.seen_at)
        moved = timedelta(microseconds=newest.seen_us - newest.baseline_us)
        retime(moved, sure=True, now=now)
        return
    last = ClockMark.objects.aggregate(newest=Max("seen_at"))["newest"]
    retime(min(timedelta(0), now - last), sure=False, now=now)


def _on_record(by: UUID, now: datetime) -> None:
    """It concerns everybody here: each workspace's chain says who confirmed it."""
    facts = [
        Fact(one, "clock.confirmed", "workspace", one, {"now": now.isoformat()})
        for one in Workspace.objects.order_by("pk").values_list("pk", flat=True)
    ]
    record(facts, by=by, now=now)
