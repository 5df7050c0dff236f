"""Work that comes in while something is broken, and how long it takes until all is well again."""

from datetime import timedelta
from time import monotonic

from django.db.models import Q

from breakwater.core import clock
from breakwater.delivery.lifecycle import IN_HAND, WAITING
from breakwater.delivery.models import Delivery
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

GIVE_UP_S = 90.0
"""A recovery that takes longer is written down as this long, and misses its figure."""


def pour(stage: Stage, count: int, seconds: float, *, pictures: float = 0.1) -> None:
    """`count` deliveries are due within the next `seconds`, on any of the channels."""
    quays = [stage.random.choice(stage.quays) for _ in range(count)]
    first = clock.now()
    due = sorted(first + timedelta(seconds=stage.random.uniform(0, seconds)) for _ in quays)
    stage.order(quays, due, pictures=pictures)


def start(stage: Stage, workers: int) -> None:
    """So many workers are at work: one delivery a class has left."""
    for _ in range(workers):
        stage.hire()
    _order_one_each(stage)
    stage.wait(lambda: not _behind(), GIVE_UP_S, every=0.1)


def recover(stage: Stage, tally: Tally) -> None:
    """The fault ended just now. What was due before, and a new one a class, have gone their way.

    Gone: no worker has them in hand and none waits for one, except those that wait on purpose
    (a back-off, a settling period). The seconds that took are in the tally.
    """
    begun = monotonic()
    _order_one_each(stage)
    stage.wait(lambda: not _behind(), GIVE_UP_S, every=0.1)
    tally.recovery.append(round(monotonic() - begun, 2))


def _order_one_each(stage: Stage) -> None:
    classes = {quay.kind: quay for quay in stage.quays}
    now = stage.trying(clock.now)
    stage.order(list(classes.values()), [now] * len(classes), pictures=0)


def _behind() -> int:
    now = clock.now()
    rows = Delivery.objects.filter(occurrence__gt=0, due_at__lte=now)
    return rows.filter(Q(state__in=WAITING, not_before__lte=now) | Q(state__in=IN_HAND)).count()
