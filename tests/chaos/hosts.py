"""Two hosts with workers, one PostgreSQL; one host is cut from it, not from the networks."""

import os
from contextlib import ExitStack
from datetime import timedelta

from breakwater.core import clock
from tests.chaos import quays
from tests.chaos.hands import Hand, Mother, rest
from tests.chaos.load import pour, recover
from tests.chaos.namespaces import GUESTS, Host, host
from tests.chaos.plans import draw
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS_EACH = 2
_PER_CUT = 30
_SHORT, _LONG = timedelta(seconds=20), timedelta(minutes=7)
"""Below what anybody notices, and beyond what it takes until rows are taken over."""
_NOTICED_S = 35.0
"""Until the server has noticed a host that is cut off: its lock is free from then on, whatever
the scale (config/settings.py: keepalives)."""
_END_S = 300.0


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: cuts."""
    with ExitStack() as stack:
        hosts = [stack.enter_context(host(number)) for number in range(2)]
        assert stage.cluster is not None
        stage.furnish(1)
        stage.cluster.listen([one.ours for one in hosts], GUESTS)
        stage.trying(clock.now)
        port = int(stage.origins[0].rsplit(":", 1)[1])
        for one in hosts:  # the same addresses, on each host's own loopback
            stack.enter_context(quays.served(stage.home / "harbour", port, one.inside()))
        workers = {one.name: _staff(stage, one, stack) for one in hosts}
        for number in range(counts["cuts"]):
            _cut_once(stage, tally, hosts[number % 2], long=number % 3 != 2)
        tally.faults["cut from the database"] = counts["cuts"]
        tally.seconds = stage.settle(_END_S) or _END_S
        _all_alive(workers, tally)


def _cut_once(stage: Stage, tally: Tally, away: Host, *, long: bool) -> None:
    lasts = stage.scaled(_LONG) + _NOTICED_S if long else stage.scaled(_SHORT)
    pour(stage, _PER_CUT, 2.0 + lasts)
    for quay in stage.random.sample(stage.quays, 2):
        stage.harbour.plan(quay.account, draw(stage.random, stage.scale))
    rest(stage.random.uniform(0.3, 1.5))
    away.cut()
    rest(lasts)
    away.join()
    recover(stage, tally)


def _staff(stage: Stage, where: Host, stack: ExitStack) -> list[Hand]:
    url = f"postgresql://breakwater@{where.ours}/breakwater"
    environment = {**os.environ, "DATABASE_URL": url}
    mother = Mother(environment, stage.home / f"{where.name}.log", where.inside())
    stack.callback(mother.close)
    return [mother.bear({}) for _ in range(WORKERS_EACH)]


def _all_alive(workers: dict[str, list[Hand]], tally: Tally) -> None:
    """A worker that was cut off goes on afterwards, under a new lock."""
    for name, hands in workers.items():
        tally.wrong += [f"a worker of {name} ended" for hand in hands if not hand.alive]
