"""A small form of `python -m tests.load`, so that it cannot rot: no goal in time, only the truth."""

import pytest

from breakwater.config.bench.figures import Figure
from tests.load import beside, contain, crowds, inbox, rush, strays, wall

pytestmark = [pytest.mark.slow, pytest.mark.alone]


def test_a_burst_leaves_once_each() -> None:
    drained, _, truth = rush.figures("sqlite", 200)

    assert drained.what.startswith("200 due in one second, sqlite, 1 worker")
    assert (truth.measured, truth.met) == ("0 / 0", True)


def test_nothing_begins_after_a_pause_has_answered() -> None:
    answer, begun, late, unasked, _ = wall.figures("postgresql", 200, 3)

    assert answer.what.startswith("3 pauses, postgresql")
    assert begun == Figure("  commit calls begun after the answer", "0", "0", True)
    assert (late.measured, late.met) == ("0", True)
    assert unasked == Figure("  resumed 3 of them: left unasked", "0", "0", True)


@pytest.mark.skipif(not beside.there(), reason="celery or RabbitMQ is not here (`make bench`)")
def test_celery_sends_the_same_to_the_same_harbour() -> None:
    drained, truth = beside.alone(100)

    assert drained.what.startswith("100 by celery and RabbitMQ")
    assert truth.measured == "0 / 0"


def test_a_pile_on_is_grouped_and_put_back_as_it_was() -> None:
    grouped, *_, kept = crowds.figures(500, 7)

    assert grouped.what == "500 messages of a pile-on grouped"
    assert kept.met is True


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_storm_of_messages_is_taken_in_once_each(database: str) -> None:
    truth, *_ = inbox.storms(database, 600, 0.1, 7)

    assert (truth.measured, truth.met) == ("0 / 0", True)


def test_the_pages_of_an_inbox_open() -> None:
    pages = {one.what.strip(): one.measured for one in inbox.large("sqlite", 3000)}

    assert len(pages) == 9
    assert all(int(measured.split()[-1]) <= 12 for measured in pages.values() if measured)


def test_a_pile_on_becomes_piles_and_another_worker_makes_the_same_of_it() -> None:
    first, _, same = crowds.served("sqlite", 400)

    assert first.what.startswith("1,400 messages as ")
    assert same.met is True


def test_a_stray_is_mailed_and_sent_to_the_webhook() -> None:
    (told,) = strays.figures("sqlite", 3)

    assert told.what.startswith("3 strays pushed, sqlite")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_strays_are_sealed_before_they_are_deleted(database: str) -> None:
    told, _, early, twice = contain.figures(database, 9)

    assert told.what.startswith(f"9 strays on 3 channels contained, {database}")
    assert (early.measured, twice.measured) == ("0", "0")
