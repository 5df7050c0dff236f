"""How many messages a reader is shown is what the shield says of each of them, one by one."""

from itertools import product

import pytest

from breakwater.channels.models import Arrival, Channel
from breakwater.domain.scoring.windows import REACH
from breakwater.domain.shield import Level, Shield
from breakwater.inbox.models import Item
from breakwater.inbox.reading import Tally, is_veiled, tally
from breakwater.inbox.tests.world import NOW, arrive, said

pytestmark = pytest.mark.django_db
RANKS = (None, *Level)


@pytest.fixture
def items(quay: Channel) -> list[Item]:
    """Each rank, as a threat and not; then words that changed since, and texts too long for a look."""
    arrive(quay, *(said(f"Fog on the pier {n}", f"m{n}") for n in range(15)))
    for row, (rank, category) in zip(_rows(), product(RANKS, ("other", "threat")), strict=False):
        Item.objects.filter(pk=row.pk).update(rank=rank, category=category)
    for row in _rows()[10:]:
        Item.objects.filter(pk=row.pk).update(rank=Level.EVERYTHING, category="other")
    changed, looked, lost, long, corrected = (one.arrival_id for one in _rows()[10:])
    Arrival.objects.filter(pk__in=[changed, looked]).update(changed_at=NOW)
    Item.objects.filter(arrival__in=[looked, lost]).update(words_at=NOW)
    Arrival.objects.filter(pk__in=[long, corrected]).update(text="é" * (REACH + 1))
    Item.objects.filter(arrival=corrected).update(corrected=True)
    return _rows()


def _rows() -> list[Item]:
    return list(Item.objects.select_related("arrival").order_by("pk"))


@pytest.mark.parametrize(("level", "unscored"), list(product(Level, (True, False))))
def test_the_count_agrees_with_what_is_veiled(
    items: list[Item], level: Level, unscored: bool
) -> None:
    shield = Shield(level, unscored=unscored)
    veiled = [one for one in items if is_veiled(one, shield)]
    aside = [one for one in veiled if one.rank == Level.HELD]

    found = tally(Item.objects.all(), shield)

    assert found == Tally(len(items) - len(veiled), len(veiled) - len(aside), len(aside))
    assert len(aside) == 2


def test_own_words_are_not_counted(items: list[Item]) -> None:
    Item.objects.update(own=True)

    assert tally(Item.objects.all(), Shield()) == Tally(0, 0, 0)
