"""Everything due in the same second: how long until the last one is accepted."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from breakwater.config.bench.figures import Figure
from breakwater.config.bench.processes import cpu_s
from tests.load.places import Place, place

WORKERS = {"postgresql": 2, "sqlite": 1}
GOAL_S = {"postgresql": 60, "sqlite": 120}
USUAL = 10_000
_PATIENCE_S = 900


def figures(database: str, deliveries: int) -> Iterator[Figure]:
    """The goal stands for 10,000; any other number has none."""
    with place(database) as here:
        count = fill(here, deliveries)
        seconds, used_s = drain(here, WORKERS[database])
        wrong = trouble(here.quay.public(), count)
    goal = GOAL_S[database] if deliveries == USUAL else None
    noun = "worker" if WORKERS[database] == 1 else "workers"
    yield Figure(
        f"{count:,} due in one second, {database}, {WORKERS[database]} {noun}: drained",
        f"{seconds:.1f} s", f"≤ {goal} s" if goal else "", seconds <= goal if goal else None,
    )  # fmt: skip
    yield Figure(
        "  processor of the workers, a delivery", f"{1000 * used_s / count:.1f} ms", "", None
    )
    yield Figure("  lost / twice on the harbour", wrong, "0 / 0", wrong == "0 / 0")


def fill(here: Place, deliveries: int) -> int:
    """Approved posts for 500 channels of ten workspaces (fewer below 500); how many deliveries."""
    posts = max(1, deliveries // 500)
    return int(here.inside("fill", here.quay.origin, posts, min(50, max(1, deliveries // 10))))


def drain(here: Place, workers: int) -> tuple[float, float]:
    """Seconds from the instant when all was due until the last was accepted; seconds of
    processor that the workers used until about then."""
    due = start(here, workers)
    pids = [one.pid for one in here.workers]
    before = cpu_s(pids)
    last = datetime.fromisoformat(here.inside("wait_until_out", _PATIENCE_S))
    return (last - due).total_seconds(), cpu_s(pids) - before


def start(here: Place, workers: int) -> datetime:
    """The workers are there; when all is due."""
    for _ in range(workers):
        here.hire()
    return datetime.fromisoformat(here.inside("due", workers))


def trouble(public: Counter[str], count: int) -> str:
    """ "lost / twice", by what is public."""
    twice = sum(1 for times in public.values() if times > 1)
    return f"{count - len(public)} / {twice}"
