"""`kill -9` of workers at random moments, while the harbour misbehaves at random too."""

from datetime import timedelta

from breakwater.core import clock
from tests.chaos.hands import rest
from tests.chaos.plans import draw
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS = 3
EACH = 3
"""Channels of every class: an account shows what a look asks for on few pages."""
_APART_S = 0.9
_FAULTS_PER_DELIVERY = 0.35
_END_S = 300.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: deliveries, kills."""
    stage.furnish(EACH)
    lasts = counts["kills"] * _APART_S
    _order(stage, counts["deliveries"], lasts)
    for _ in range(WORKERS):
        stage.hire()
    planned = 0
    for done in range(counts["kills"]):
        wanted = int(counts["deliveries"] * _FAULTS_PER_DELIVERY * (done + 1) / counts["kills"])
        _misbehave(stage, wanted - planned)
        planned = wanted
        rest(stage.random.uniform(0.1, 2 * _APART_S - 0.1))
        victim = stage.random.randrange(WORKERS)
        stage.workers[victim].kill()
        del stage.workers[victim]
        stage.hire()
        stage.trying(stage.attend)
    tally.faults |= {"kill -9": counts["kills"], "planned at the harbour": planned}
    tally.seconds = stage.settle(_END_S) or _END_S


def _order(stage: Stage, count: int, lasts: float) -> None:
    """Spread over the classes evenly, over the time at random."""
    quays = [stage.quays[number % len(stage.quays)] for number in range(count)]
    stage.random.shuffle(quays)
    first = clock.now()
    due = sorted(first + timedelta(seconds=stage.random.uniform(0, lasts)) for _ in quays)
    stage.order(quays, due)


def _misbehave(stage: Stage, faults: int) -> None:
    for _ in range(faults):
        quay = stage.random.choice(stage.quays)
        stage.harbour.plan(quay.account, draw(stage.random, stage.scale))
