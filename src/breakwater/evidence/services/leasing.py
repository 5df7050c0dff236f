"""Who takes which capture: leased rows, so that one that was killed is followed by another."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from breakwater.audit.services import move_many
from breakwater.evidence.lifecycle import CAPTURE
from breakwater.evidence.models import Capture, Shredding
from breakwater.evidence.services.sealing import tell_partial

LEASE = timedelta(seconds=30)
"""Longer than a taking and its writing by far."""
AT_ONCE = 24
A_CHANNEL = 8
TAKINGS = 5
"""So often is one begun that never comes to its end; then it has failed, and a person decides."""


def lease(*, limit: int, now: datetime) -> list[Capture]:
    """At most `limit` captures that are now ours to take until `lease_until`, oldest first, and no
    more than A_CHANNEL of a channel are being taken by all workers together. They come with channel,
    workspace and asked_by, as `keep` wants them."""
    _take_over(now)
    busy = Counter(Capture.objects.filter(state="taking").values_list("channel_id", flat=True))
    chosen: list[Capture] = []
    doubted = Shredding.objects.filter(outcome="").values("capture")
    waiting = Capture.objects.filter(state="asked").exclude(pk__in=doubted)
    waiting = waiting.select_related("channel", "workspace", "asked_by")
    for row in waiting.order_by("created_at", "pk")[: AT_ONCE * 4]:
        if len(chosen) < limit and busy[row.channel_id] < A_CHANNEL:
            busy[row.channel_id] += 1
            chosen.append(row)
    changes = {row.pk: {"lease_until": now + LEASE, "begun": row.begun + 1} for row in chosen}
    known = {row.pk: row for row in chosen}
    taken = move_many(chosen, CAPTURE, "taking", by=None, now=now, changes=changes)
    for row in taken:
        row.channel, row.workspace = known[row.pk].channel, known[row.pk].workspace
        row.asked_by = known[row.pk].asked_by
    return taken


def anything_open() -> bool:
    """Whether something is asked for or being taken."""
    return Capture.objects.filter(state__in=("asked", "taking")).exists()


def _take_over(now: datetime) -> None:
    """What nobody has in hand any more is asked for again, or has failed."""
    over = Capture.objects.filter(state="taking", lease_until__lte=now)
    left = list(over.select_related("channel", "workspace"))
    given_up = [row for row in left if row.begun >= TAKINGS]
    _back([row for row in left if row.begun < TAKINGS], now)
    lost = {row.pk: {"missing": [{"name": "post", "code": "worker_gone"}]} for row in given_up}
    with transaction.atomic():
        failed = {
            row.pk for row in move_many(given_up, CAPTURE, "failed", by=None, now=now, changes=lost)
        }
        for row in given_up:
            if row.pk in failed:
                tell_partial(row, now)


def _back(rows: Sequence[Capture], now: datetime) -> None:
    if rows:
        changes = {row.pk: {"lease_until": None} for row in rows}
        move_many(rows, CAPTURE, "asked", by=None, now=now, changes=changes)
