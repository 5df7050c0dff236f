"""What is announced as a threat is passed on, not read: veiled at the usual level, however sure the
scorer is, until somebody says that it is none."""

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.shield import Level, Shield
from breakwater.domain.triage import MAY_THREATEN, Category, category_of
from breakwater.inbox import reading
from breakwater.inbox.models import Item
from breakwater.inbox.services import judging
from breakwater.inbox.tests.world import ABUSE, COMPLAINT, QUESTION, arrive, said

pytestmark = pytest.mark.django_db
HINT = "The tide comes in fast where you moor."


def _item() -> Item:
    return Item.objects.select_related("arrival", "contact").get()


def _perhaps(item: Item, chance: float = MAY_THREATEN) -> Item:
    """As if the scorer were hardly sure that it is one, and of nothing else."""
    item.chances, item.reasons, item.band, item.rank = {"threat": chance}, [], "clear", 3
    signs = judging.signs_of(item, text=HINT, rating=None)
    item.category, item.wants = category_of(signs), []
    return item


def test_what_may_be_a_threat_is_veiled_at_the_usual_level_and_above(quay: Channel) -> None:
    arrive(quay, said(HINT, "a"))
    item = _perhaps(_item())

    shown = {level: reading.message(item, Shield(level)).text for level in Level}

    assert item.category == Category.THREAT
    assert shown == {
        Level.HELD: HINT, Level.ABUSE: None, Level.CAREFUL: None, Level.EVERYTHING: None,
    }  # fmt: skip


def test_its_summary_stands_in_its_place_and_it_can_be_opened(quay: Channel) -> None:
    arrive(quay, said(HINT, "a"))
    item = _perhaps(_item())

    veiled = reading.message(item, Shield())
    opened = reading.message(item, Shield(), reading.Opened(texts=(item.pk,)))

    assert (veiled.text, veiled.summary) == (None, "A threat.")
    assert (opened.text, opened.summary) == (HINT, "")


def test_what_is_below_that_chance_is_shown(quay: Channel) -> None:
    arrive(quay, said(HINT, "a"))
    item = _perhaps(_item(), MAY_THREATEN - 0.001)

    assert item.category == Category.OTHER
    assert reading.message(item, Shield()).text == HINT


def test_said_to_be_none_it_is_shown(quay: Channel) -> None:
    arrive(quay, said(HINT, "a"))
    item = judging.override(_perhaps(_item()), should=None, text=HINT, rating=None)

    assert item.category == Category.OTHER
    assert reading.message(item, Shield()).text == HINT


@pytest.mark.parametrize(("text", "veiled"), [(QUESTION, False), (COMPLAINT, False), (ABUSE, True)])
def test_all_else_is_veiled_by_its_rank_alone(quay: Channel, text: str, veiled: bool) -> None:
    arrive(quay, said(text, "a"))

    assert (reading.message(_item(), Shield()).text is None) is veiled
