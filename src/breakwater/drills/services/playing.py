"""A drill's clock: beats are taken one at a time, done, and marked; a dead player's are taken over.

Each beat is taken by compare-and-set and done under a key of its own, so that one that is done
again after a death does nothing twice.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.domain.errors import BreakwaterError, NotFound, StaleState
from breakwater.drills.lifecycle import BEAT, DRILL
from breakwater.drills.models import Beat, Drill
from breakwater.drills.services.deeds import DEEDS
from breakwater.drills.services.ending import close
from breakwater.drills.services.preparing import ready

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
AGAIN = timedelta(seconds=2)
TRIES = 5
LONGEST = timedelta(hours=12)
"""A drill that nobody ended ends by itself, this long after it was begun."""
_LIVE = ("preparing", "running")


def play(*, now: datetime) -> bool:
    """The next beat of each drill that goes on is played, if it is due; whether one was."""
    played = False
    for drill in Drill.objects.filter(state__in=_LIVE).select_related("workspace", "by"):
        if now - drill.created_at >= LONGEST:
            close(drill, by=None, now=now)
            continue
        played = _next(drill, now) or played
    return played


def _next(drill: Drill, now: datetime) -> bool:
    beat = drill.beats.filter(state__in=("waiting", "taken")).order_by("number").first()
    if beat is None:
        return False
    if beat.after_s is not None and drill.began_at is None:
        return _start(drill, now)
    taken = _take(beat, now)
    if taken is None:
        return False
    _do(drill, taken, now)
    return True


def _start(drill: Drill, now: datetime) -> bool:
    """0:00: what the brand has posted is out, and its accounts are watched."""
    if not ready(drill, now):
        return False
    with transaction.atomic():
        try:
            move(drill, DRILL, "running", by=None, now=now, began_at=now)
        except StaleState:
            return False
        waiting = list(drill.beats.filter(state="waiting", after_s__isnull=False))
        for beat in waiting:
            beat.due_at = now + timedelta(seconds=(beat.after_s or 0) / drill.speed)
        Beat.objects.bulk_update(waiting, ["due_at"])
    return True


def _take(beat: Beat, now: datetime) -> Beat | None:
    """The beat, taken; None while it is not due or somebody else has it."""
    if beat.due_at is not None and beat.due_at > now:
        return None
    if beat.state == "taken":
        if beat.lease_until is not None and beat.lease_until > now:
            return None
        given_back = move_many([beat], BEAT, "waiting", by=None, now=now)
        if not given_back:
            return None
        beat = given_back[0]
    lease = {"lease_until": now + LEASE, "tries": beat.tries + 1}
    taken = move_many([beat], BEAT, "taken", by=None, now=now, changes={beat.pk: lease})
    return taken[0] if taken else None


def _do(drill: Drill, beat: Beat, now: datetime) -> None:
    try:
        made = DEEDS[beat.what](drill, beat, now)
    except NotFound as error:  # the door was shut before: nobody gets in any more
        _drop(beat, error.code, now)
    except BreakwaterError as error:
        log.warning("drill.beat_failed beat=%s what=%s why=%s", beat.key, beat.what, error)
        if beat.tries >= TRIES:
            _drop(beat, error.code, now)
        else:
            move_many([beat], BEAT, "waiting", by=None, now=now, changes=_later(beat, now))
    else:
        data = {**beat.data, **made}
        move_many([beat], BEAT, "played", by=None, now=now, changes={beat.pk: {"data": data}})


def _drop(beat: Beat, why: str, now: datetime) -> None:
    data = {**beat.data, "why": why}
    move_many([beat], BEAT, "dropped", by=None, now=now, changes={beat.pk: {"data": data}})


def _later(beat: Beat, now: datetime) -> dict[Any, dict[str, Any]]:
    return {beat.pk: {"due_at": now + AGAIN}}
