"""The same sends by Celery with RabbitMQ, and both of them while their workers are killed."""

import importlib.util
import json
from collections.abc import Callable, Iterator
from random import Random
from time import monotonic

from breakwater.config.bench.figures import Figure
from tests.load import broker, rush
from tests.load.fleet import THREADS, WORKERS, fleet
from tests.load.places import Quay, place, rest

SCALE = 30.0
EVERY = (0.02, 0.05)
UNTIL = 0.9
_STILL_S = 60.0
_PATIENCE_S = 900.0
MEND = (
    "Celery is not installed. `make bench` installs it, or leave this part out: "
    "--only rush --only wall."
)


def there() -> bool:
    """Whether this machine has what this part needs."""
    return broker.there() and importlib.util.find_spec("celery") is not None


def figures(deliveries: int, seed: int) -> Iterator[Figure]:
    if importlib.util.find_spec("celery") is None:
        raise RuntimeError(MEND)
    yield from alone(deliveries)
    under_kills = max(20, deliveries // 4)
    yield from _ours_killed(under_kills, seed)
    yield from _celery_killed(under_kills, seed)


def alone(deliveries: int) -> Iterator[Figure]:
    with fleet(deliveries) as here:
        began = here.go()
        took = (here.wait() - began).total_seconds()
        wrong = rush.trouble(here.quay.public(), deliveries)
    what = f"{deliveries:,} by celery and RabbitMQ, {WORKERS} workers of {THREADS} threads: drained"
    yield Figure(what, f"{took:.1f} s", "", None)
    yield Figure("  lost / twice on the harbour", wrong, "", None)


def _celery_killed(deliveries: int, seed: int) -> Iterator[Figure]:
    with fleet(deliveries) as here:
        here.go()
        kills = _kill(seed, here.kill, here.quay, deliveries)
        here.wait()
        wrong = rush.trouble(here.quay.public(), deliveries)
    yield Figure(f"celery, {deliveries:,} under {kills} kill -9: lost / twice", wrong, "", None)


def _ours_killed(deliveries: int, seed: int) -> Iterator[Figure]:
    """All periods, the harbour's too, are divided by SCALE: a question comes after minutes."""
    with place("postgresql", scale=SCALE) as here:
        count = rush.fill(here, deliveries)
        here.inside("scale_keys", here.quay.home, SCALE)
        rush.start(here, WORKERS)
        kills = _kill(seed, here.kill, here.quay, count)
        here.inside("wait_until_out", _PATIENCE_S)
        said = json.loads(here.inside("said"))
        public = here.quay.public()
    lost = len(set(said["out"]) - set(public)) + count - len(said["out"]) - len(said["asked"])
    twice = sum(1 for times in public.values() if times > 1)
    what = f"breakwater, {count:,} under {kills} kill -9: lost / twice"
    yield Figure(what, f"{lost} / {twice}", "0 / 0", not lost and not twice)
    yield Figure("  a person was asked", str(len(said["asked"])), "", None)


def _kill(seed: int, deed: Callable[[int], None], quay: Quay, count: int) -> int:
    """One of the two workers, each time that some hundredths more are public; how many kills.

    By progress and not by the clock: the same for both, and on any machine.
    """
    random, kills = Random(seed), 0
    part = random.uniform(*EVERY)
    while part < UNTIL and _reached(quay, count * part):
        deed(random.randrange(WORKERS))
        kills += 1
        part += random.uniform(*EVERY)
    return kills


def _reached(quay: Quay, wanted: float) -> bool:
    """Whether so many came to be public, or nothing moved for long."""
    end = monotonic() + _STILL_S
    while monotonic() < end:
        if len(quay.public()) >= wanted:
            return True
        rest(0.1)
    return False
