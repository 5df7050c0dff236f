"""The wall under load, from inside an installation: pause, see how long it takes, release, again.

What was leaving at each answer is kept, to be compared with what reached the harbour afterwards.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery, Hold
from breakwater.delivery.services import Order, enqueue
from breakwater.delivery.services.walls import touch
from breakwater.domain.parcels import digest_of
from breakwater.pauses.models import Pause
from breakwater.pauses.services.pausing import pause_all
from breakwater.pauses.services.resuming import resume_all
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access
from tests.load import fill
from tests.load.quay import arrivals

CHANNELS = 500
_AT_ONCE = 500
_AT_MOST = 50  # channels of one post
_PAUSE_S = 0.3
_RAMP_S = 60.0
_FEWER = 0.5
_LONGEST_S = 180.0
"""Of all pauses on one database: after that no other begins."""
RESUMED = 5
_WAITING = ("queued", "retry_wait")
_WINDOW = timedelta(hours=2)
_rest = Event()


def fill_wall(origin: str, deliveries: str) -> str:
    """One workspace with 500 channels (fewer for fewer deliveries) and one approved post; so many deliveries of it, each with words of its own, are due now."""
    owner = fill.owner()
    workspace = fill.workspace_of(0)
    count = min(CHANNELS, int(deliveries))
    own = fill.channels(workspace, count, origin, owner.pk)
    fill.approved("Whatever comes.", own[:_AT_MOST], workspace, owner.pk)
    Delivery.objects.filter(occurrence=0).update(not_before=clock.now() + timedelta(days=1))
    top_up(int(deliveries))
    return ""


def top_up(wanted: int) -> None:
    """So many deliveries are due and wait."""
    first = Delivery.objects.filter(occurrence=0).order_by("pk")[0]
    keys = list(Channel.objects.order_by("pk").values_list("pk", flat=True))
    now = clock.now()
    there = Delivery.objects.filter(occurrence__gt=0)
    missing = wanted - there.filter(state__in=_WAITING, not_before__lte=now).count()
    last = there.order_by("-occurrence").values_list("occurrence", flat=True).first() or 0
    numbers = range(last + 1, last + 1 + max(0, missing))
    orders = [_order(first, keys[number % len(keys)], number, now) for number in numbers]
    for begin in range(0, len(orders), _AT_ONCE):
        enqueue(orders[begin : begin + _AT_ONCE], by=None, now=now)


def _order(first: Delivery, channel: UUID, number: int, now: datetime) -> Order:
    payload = {**first.payload, "text": f"Buoy {number} is lit."}
    return Order(
        workspace_id=first.workspace_id, channel_id=channel, kind="publish", source=first.source,
        payload=payload, tags=[], due_at=now, missed_after=_WINDOW, occurrence=number,
        digest=digest_of("publish", channel, payload),
    )  # fmt: skip


def pause(quay: str, deliveries: str, flying: str, times: str) -> str:
    """JSON: `seconds` that each answer took, how many `leaving` it named, how many were `due`,
    `begun`: commit calls that the ledger has after an answer and before its end, by their numbers (their
    times are of before they waited for the wall); `late`: those that had begun before and reached the
    harbour then, though the answer did not name them; and `unasked`: calls for what fell
    due in a pause that was resumed, at whatever time. `release`: seconds that each resume took.

    A resume asks of each of the 10,000 what becomes of it, which takes far longer than a pause: so
    RESUMED of the pauses end as they do for people, and the others as if nobody had pressed."""
    found: dict[str, list[float]] = {"seconds": [], "leaving": [], "due": [], "release": []}
    by = _presses()
    shut: Shut = []
    every, end = max(1, int(times) // RESUMED), monotonic() + _LONGEST_S
    for number in range(int(times)):
        if monotonic() > end:
            break
        found["due"].append(_ready(int(deliveries), int(flying)))
        begun = perf_counter()
        said = pause_all(by, "a drill", via="page", now=clock.now())
        answered = _Moment()
        found["seconds"].append(perf_counter() - begun)
        found["leaving"].append(len(said.leaving))
        _rest.wait(_PAUSE_S)
        shut.append((answered, _Moment(), {row.pk for row in said.leaving}))
        if number % every:
            _never_pressed(said.pause)
            continue
        begun = perf_counter()
        resume_all(by, said.pause, why="over", despite_undecided=True, now=clock.now())
        found["release"].append(perf_counter() - begun)
        _wanted_after_all()
    begun, late = _begun(shut), _arrived(Path(quay), shut)
    late = {key: said for key, said in late.items() if key not in begun}
    said = {"begun": list(begun.values()), "late": list(late.values()), "unasked": _unasked()}
    return json.dumps({**found, **said})


def _never_pressed(pause: Pause) -> None:
    """The pause is undone, not resumed: `ended_at` stays empty, and what it held waits as before."""
    now = clock.now()
    with transaction.atomic():
        touch(pause.workspace_id)
        Hold.objects.filter(of=pause.pk).update(released_at=now)
        Pause.objects.filter(pk=pause.pk).update(state="ended", state_at=now)
        held = Delivery.objects.filter(state="held", reason="hold")
        held.update(state="queued", reason="", state_at=now, worker=None)


def _wanted_after_all() -> None:
    """All that asks is due again, as if people had said so: the next pause has as much before it."""
    now = clock.now()
    asks = Delivery.objects.filter(state="missed")
    asks.update(
        state="queued", reason="", due_at=now, not_before=now, missed_at=now + _WINDOW, worker=None
    )


def _presses() -> Access:
    person = Person.objects.get()
    return access(person, fill.workspace_of(0).slug, Right.RESUME)


def _unasked() -> list[str]:
    """Sentences; none is a good answer. What began after it had fallen due in a pause."""
    spans = list(Pause.objects.values_list("created_at", "ended_at"))
    calls = Attempt.objects.filter(step="commit", outcome="begun", number=1)
    rows = calls.values_list("delivery_id", "delivery__due_at", "at")
    return [
        f"{key} fell due at {due} in a pause and began at {at}"
        for key, due, at in rows
        if any(since <= due <= until < at for since, until in spans if until is not None)
    ]


def _ready(deliveries: int, flying: int) -> int:
    """Waits until so many are leaving (on a slow machine half as many) and so many are due; how many
    are due."""
    end = monotonic() + _RAMP_S
    while (there := Delivery.objects.filter(state="sending").count()) < flying:
        if monotonic() > end:
            if there < flying * _FEWER:
                raise TimeoutError(f"never {flying} in flight at once, {there} now")
            break
        _rest.wait(0.2)
    top_up(deliveries)
    return Delivery.objects.filter(state__in=_WAITING, not_before__lte=clock.now()).count()


class _Moment:
    """at: the time. last: number of the ledger's last row; what has a higher one came later, since no
    call is on its way into the ledger while a pause's holds stand."""

    def __init__(self) -> None:
        self.at = clock.now()
        self.last = Attempt.objects.aggregate(last=Max("pk"))["last"] or 0


Shut = list[tuple[_Moment, _Moment, set[UUID]]]
"""Of each pause: since when, until when, and what its answer named."""


def _begun(shut: Shut) -> dict[UUID, str]:
    """By delivery, a sentence; none is a good answer."""
    calls = Attempt.objects.filter(step="commit", outcome="begun")
    return {
        key: f"{key} began at {at}, paused from {answered.at} to {released.at}"
        for number, key, at in calls.values_list("pk", "delivery_id", "at")
        for answered, released, leaving in shut
        if answered.last < number <= released.last and key not in leaving
    }


def _arrived(quay: Path, shut: Shut) -> dict[UUID, str]:
    """By delivery, a sentence with all that the ledger says of it."""
    whose = _names()
    found = {
        whose[what]: f"{whose[what]} arrived at {at}, paused from {answered.at} to {released.at}"
        for at, what in arrivals(quay)
        for answered, released, leaving in shut
        if what in whose and answered.at < at < released.at and whose[what] not in leaving
    }
    steps = Attempt.objects.filter(delivery__in=found).order_by("at", "pk")
    for key, step, outcome, at in steps.values_list("delivery_id", "step", "outcome", "at"):
        found[key] += f"; {step} {outcome} {at}"
    return found


def _names() -> dict[str, UUID]:
    """Text or container -> its delivery."""
    names: dict[str, UUID] = {}
    for row in Delivery.objects.filter(occurrence__gt=0):
        names[row.payload["text"]] = row.pk
        if "container" in row.handle:
            names[row.handle["container"]] = row.pk
    return names


PARTS: dict[str, Callable[..., str]] = {"fill_wall": fill_wall, "pause": pause}
