"""Circuits: a network in trouble is left in peace, and tried again by one delivery at a time.

What waits behind an open circuit stays queued; its missed window decides, as at all times.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from breakwater.delivery.lifecycle import IN_HAND
from breakwater.delivery.models import Attempt, Circuit, Delivery
from breakwater.delivery.services.outcomes import Result
from breakwater.domain import circuit as rules
from breakwater.domain.circuit import Verdict
from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import MENDS
from breakwater.domain.timings import Timings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """The origins that stop deliveries at this moment. quiet: origin -> until when."""

    opened: Mapping[str, Circuit]
    quiet: Mapping[str, datetime]

    @property
    def fine(self) -> bool:
        return not self.opened and not self.quiet

    def stops(self, row: Delivery, origin: str) -> str:
        """Why this row may not leave for `origin` now: "circuit", "throttled" or ""."""
        if origin in self.quiet:
            return "throttled"
        shut = self.opened.get(origin)
        if shut is None or row.kind in MENDS or shut.probe == row.pk:
            return ""
        return "circuit"


def standing(now: datetime) -> Standing:
    """One query of a table with a row for each network that ever was in trouble."""
    rows = list(Circuit.objects.filter(Q(opened_at__isnull=False) | Q(quiet_until__gt=now)))
    return Standing(
        opened={one.origin: one for one in rows if one.opened_at is not None},
        quiet={
            one.origin: one.quiet_until
            for one in rows
            if one.quiet_until is not None and one.quiet_until > now
        },
    )


def half_open(stand: Standing, now: datetime) -> list[Circuit]:
    """The open circuits whose pause is over and that no delivery is trying at this moment."""
    ready = [
        one
        for one in stand.opened.values()
        if one.probe_at is not None and one.probe_at <= now and one.origin not in stand.quiet
    ]
    out = [one.probe for one in ready if one.probe and (one.probe_until or now) > now]
    if not out:
        return ready
    trying = set(
        Delivery.objects.filter(pk__in=out, state__in=IN_HAND).values_list("pk", flat=True)
    )
    return [one for one in ready if one.probe not in trying]


def let_out(one: Circuit, row: Delivery, *, lease: timedelta, now: datetime) -> bool:
    """Whether `row` is the one delivery that tries this network (of several workers, one wins)."""
    seen = Circuit.objects.filter(
        pk=one.pk, opened_at=one.opened_at, probe=one.probe, probe_at=one.probe_at,
        probe_until=one.probe_until,
    )  # fmt: skip
    return bool(seen.update(probe=row.pk, probe_until=now + lease))


def heed(results: Sequence[Result], *, timings: Timings, now: datetime) -> None:
    """The circuits are as these ends of calls say; their ledger rows are written already.

    One query while nothing is wrong.
    """
    sends = {one.delivery_id: one for one in results if one.step in rules.SENDS}
    failing = {one.origin for one in sends.values() if one.origin}
    concerned = Circuit.objects.filter(
        Q(origin__in=failing) | Q(probe__in=list(sends), opened_at__isnull=False)
    )
    if not sends or not (failing or concerned.exists()):
        return
    with transaction.atomic():
        known = {one.origin: one for one in concerned.select_for_update().order_by("origin")}
        for one in known.values():
            if one.opened_at is not None and one.probe in sends:
                _conclude(one, sends[one.probe], timings, now)
        for origin in sorted(failing):
            before = known.get(origin)
            if before is None:
                _count(origin, None, timings, now)
            elif before.opened_at is None:
                _count(origin, before.closed_at, timings, now)


def quiet(origin: str, until: datetime) -> None:
    """No call of any account for this network before `until`; a later moment stays."""
    with transaction.atomic():
        Circuit.objects.get_or_create(origin=origin)
        Circuit.objects.filter(pk=origin).filter(
            Q(quiet_until=None) | Q(quiet_until__lt=until)
        ).update(quiet_until=until)


def untold() -> list[Circuit]:
    """Circuits that people have not been told of."""
    return list(Circuit.objects.filter(to_tell=True, opened_at__isnull=False))


def mark_told(rows: Collection[Circuit]) -> None:
    for one in rows:
        Circuit.objects.filter(pk=one.pk, opened_at=one.opened_at).update(to_tell=False)


def _count(origin: str, closed_at: datetime | None, timings: Timings, now: datetime) -> None:
    """The circuit opens when too many different deliveries failed within the window."""
    since = max(now - timings.circuit_window, closed_at or now - timings.circuit_window)
    bad = Attempt.objects.filter(counts=True, origin=origin, at__gt=since)
    found = bad.aggregate(
        unknown=Count("delivery", filter=Q(outcome=Outcome.UNKNOWN), distinct=True),
        failures=Count("delivery", distinct=True),
    )
    reason = rules.trips(rules.Tally(**found))
    if reason:
        _open(origin, reason, timings, now)


def _open(origin: str, reason: str, timings: Timings, now: datetime) -> None:
    Circuit.objects.get_or_create(origin=origin)
    opened = Circuit.objects.filter(pk=origin, opened_at=None).update(
        opened_at=now, reason=reason, failed=0, probe=None, probe_until=None,
        probe_at=now + rules.pause(0, timings), to_tell=True,
    )  # fmt: skip
    if opened:
        log.warning("circuit.opened origin=%s reason=%s", origin, reason)


def _conclude(one: Circuit, result: Result, timings: Timings, now: datetime) -> None:
    """The probe has ended: closed, or open for a longer while; or as if it had not been."""
    said = rules.verdict(result.code, counted=bool(result.origin))
    one.probe, one.probe_until = None, None
    if said is Verdict.WELL:
        one.opened_at, one.closed_at, one.to_tell, one.reason = None, now, False, ""
        log.warning("circuit.closed origin=%s", one.origin)
    elif said is Verdict.ILL:
        one.failed += 1
        one.probe_at = now + rules.pause(one.failed, timings)
        log.warning("circuit.probe_failed origin=%s failed=%d", one.origin, one.failed)
    one.save()
