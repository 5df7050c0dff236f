"""Bad wires between workers and harbour, and between workers and PostgreSQL."""

from tests.chaos.hands import rest
from tests.chaos.load import pour, recover, start
from tests.chaos.stage import Stage
from tests.chaos.tcp import BAD, Mood
from tests.chaos.truth import Tally

WORKERS = 2
_PER_MOOD = 8
_END_S = 300.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: moods. Each bad mood in turn, on one wire or on all of them at once."""
    stage.furnish(1)
    start(stage, WORKERS)
    for number in range(counts["moods"]):
        mood = BAD[number % len(BAD)]
        wires = stage.random.choice([*([one] for one in stage.wires), list(stage.wires)])
        pour(stage, _PER_MOOD, 2.0)
        rest(stage.random.uniform(0.1, 0.5))
        for wire in wires:
            stage.wires[wire].become(mood)
        rest(stage.random.uniform(0.5, 3.0))
        for wire in wires:
            stage.wires[wire].become(Mood.CLEAN)
        recover(stage, tally)
        for wire in wires:
            name = f"bad wire to the {wire}"
            tally.faults[name] = tally.faults.get(name, 0) + 1
    tally.seconds = stage.settle(_END_S) or _END_S
