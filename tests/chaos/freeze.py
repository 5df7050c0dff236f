"""SIGSTOP: a worker that is frozen keeps its lock, so nobody takes over; it wakes and is honest."""

from datetime import timedelta

from tests.chaos.hands import rest
from tests.chaos.load import pour, recover, start
from tests.chaos.plans import draw
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS = 2
_PER_FREEZE = 8
_LONGEST = timedelta(minutes=4)
"""Twice what it takes until the rows of a dead worker are taken over."""
_END_S = 300.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: freezes."""
    stage.furnish(1)
    start(stage, WORKERS)
    for _ in range(counts["freezes"]):
        frozen_s = stage.random.uniform(0.1, stage.scaled(_LONGEST))
        pour(stage, _PER_FREEZE, 0.5 + frozen_s)
        stage.harbour.plan(
            stage.random.choice(stage.quays).account, draw(stage.random, stage.scale)
        )
        rest(stage.random.uniform(0.1, 0.6))
        one = stage.random.choice(stage.workers)
        one.freeze()
        rest(frozen_s)
        one.thaw()
        recover(stage, tally)
    tally.faults["SIGSTOP"] = counts["freezes"]
    tally.seconds = stage.settle(_END_S) or _END_S
