"""A wall clock that jumps by two hours under everybody's feet, and back: a library of ours below them."""

from tests.chaos.hands import rest
from tests.chaos.load import pour, recover, start
from tests.chaos.shifted import put
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS = 2
_PER_JUMP = 8
_END_S = 300.0
_TWO_HOURS_S = 7200


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: jumps, forwards and backwards in turn. The harbour keeps the true time."""
    assert stage.when is not None
    stage.furnish(1)
    start(stage, WORKERS)
    for number in range(counts["jumps"]):
        offset_s = _TWO_HOURS_S if number % 2 == 0 else -_TWO_HOURS_S
        pour(stage, _PER_JUMP, 2.0)
        rest(stage.random.uniform(0.1, 0.6))
        put(stage.when, offset_s)
        rest(stage.random.uniform(0.5, 3.0))
        put(stage.when, 0)
        recover(stage, tally)
        what = f"clock {'+' if offset_s > 0 else '-'}2 h"
        tally.faults[what] = tally.faults.get(what, 0) + 1
    tally.seconds = stage.settle(_END_S) or _END_S
