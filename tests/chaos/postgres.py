"""`pg_ctl stop -m immediate`, as if the power of the database had failed, and a start."""

from tests.chaos.hands import rest
from tests.chaos.load import pour, recover, start
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS = 2
_PER_RESTART = 8
_END_S = 300.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: restarts."""
    assert stage.cluster is not None
    stage.furnish(1)
    start(stage, WORKERS)
    for _ in range(counts["restarts"]):
        pour(stage, _PER_RESTART, 1.0)
        rest(stage.random.uniform(0.1, 1.2))
        stage.cluster.stop("immediate")
        rest(stage.random.choice((0.0, 0.5, 2.0)))
        stage.cluster.start()
        recover(stage, tally)
    tally.faults["PostgreSQL -m immediate"] = counts["restarts"]
    tally.seconds = stage.settle(_END_S) or _END_S
