"""The table of docs/delivery.md, counted anew: each strategy on each class of network."""

from collections.abc import Callable, Iterator, Sequence

from tests.model import faults
from tests.model.choices import Chooser, walk
from tests.model.endings import Count, Ending, count
from tests.model.faults import Net, nets
from tests.model.naive import ONCE, RETRY, STABLE, Manner, Naive
from tests.model.ours import Ours

Strategy = Callable[[Net, Chooser], Ending]
OURS = "**ours, lock held**"
LEASE = "ours, lease in time"


def ours(net: Net, chooser: Chooser) -> Ending:
    return Ours(net, chooser).run()


def with_lease(net: Net, chooser: Chooser) -> Ending:
    return Ours(net, chooser, lock=False).run()


def naive(manner: Manner) -> Strategy:
    def run(net: Net, chooser: Chooser) -> Ending:
        return Naive(net, chooser, manner).run()

    return run


STRATEGIES: dict[str, Strategy] = {
    RETRY.name: naive(RETRY),
    STABLE.name: naive(STABLE),
    ONCE.name: naive(ONCE),
    LEASE: with_lease,
    OURS: ours,
}


def counted(strategy: Strategy, net: Net, most: int) -> Count:
    """What all schedules of at most `most` faults give on this network."""
    return count(ending for _, ending in walk(lambda chooser: strategy(net, chooser), most))


def table(most: int) -> Iterator[Sequence[str]]:
    """Rows of cells: twice/lost/wrong of schedules (asked)."""
    yield ["", *(net.name for net in nets())]
    for name, strategy in STRATEGIES.items():
        yield [name, *(str(counted(strategy, net, most)) for net in nets())]


def asked(most: int) -> Iterator[Sequence[str]]:
    """The network's own faults alone (R3): how many schedules end in a question."""
    yield ["the network's faults alone", *(net.name for net in nets())]
    yield [OURS, *(str(counted(ours, net, most)) for net in nets(faults.NETWORK_ONLY))]


def beyond(most: int) -> Iterator[Sequence[str]]:
    """What is not promised: a worker frozen for hours between its check and its call, and the
    answer to an earlier call lost, and that call's post not shown yet."""
    points = faults.BEYOND
    yield ["frozen for 3 h at the call", *(net.name for net in nets(points))]
    yield [OURS, *(str(counted(ours, net, most)) for net in nets(points))]
