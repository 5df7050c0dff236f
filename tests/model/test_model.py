"""No schedule of faults makes our algorithm send twice, lose, or write down what is not so."""

import pytest

from tests.model import faults, table
from tests.model.choices import Chooser, Diverged, told, walk
from tests.model.faults import Net, deeds, nets

BOTH = [
    pytest.param(1, id="one"),
    pytest.param(2, id="two", marks=pytest.mark.slow),
    pytest.param(3, id="three", marks=pytest.mark.slow),
]
NETS = [pytest.param(net, id=net.name) for net in nets()]
DEEDS = [pytest.param(net, id=net.name) for net in deeds()]
R3 = [pytest.param(net, id=net.name) for net in nets(faults.NETWORK_ONLY)[:4]]


@pytest.mark.parametrize("most", BOTH)
@pytest.mark.parametrize("net", NETS)
def test_nothing_is_sent_twice_or_lost_or_written_down_wrongly(net: Net, most: int) -> None:
    counted = table.counted(table.ours, net, most)

    assert (counted.twice, counted.lost, counted.wrong) == (0, 0, 0)
    assert counted.schedules > 20


@pytest.mark.parametrize("most", BOTH[:2])
@pytest.mark.parametrize("net", DEEDS)
def test_no_deed_is_lost_and_no_report_is_made_twice(net: Net, most: int) -> None:
    counted = table.counted(table.ours, net, most)

    assert (counted.twice, counted.lost, counted.wrong) == (0, 0, 0)
    assert counted.schedules > 20


@pytest.mark.parametrize("net", R3)
def test_the_networks_own_faults_ask_nobody_where_there_is_a_key(net: Net) -> None:
    counted = table.counted(table.ours, net, 3)

    assert (counted.sound, counted.asked) == (True, 0)
    assert counted.schedules > 200


@pytest.mark.parametrize("name", [table.RETRY.name, table.STABLE.name])
def test_the_check_is_seen_to_fail_where_a_job_queue_sends_again(name: str) -> None:
    hour_key = nets()[0]

    assert table.counted(table.STRATEGIES[name], hour_key, 2).twice > 100


def test_the_check_is_seen_to_fail_where_nothing_is_tried_again() -> None:
    counted = table.counted(table.STRATEGIES[table.ONCE.name], nets()[0], 1)

    assert counted.lost > 0
    assert counted.wrong > 0


def test_a_lease_in_time_would_not_do() -> None:
    key_ignored = nets()[1]

    assert table.counted(table.with_lease, key_ignored, 1).twice > 0


def test_what_is_not_promised_is_known_to_the_schedule() -> None:
    """The answer to the first call is lost, its post is not shown for half an hour, and at the
    second call the worker sleeps for hours between its check and its call: the key is forgotten."""
    hour_key = nets(faults.BEYOND)[0]
    found = [
        told(chooser.taken)
        for chooser, ending in walk(lambda chosen: table.ours(hour_key, chosen), 3)
        if ending.twice
    ]

    assert found == ["send 1=dropped_after, sight 1=seen_after_30min, door 2=freeze_3h"]


def test_a_script_of_another_run_is_refused_and_not_followed_blindly() -> None:
    with pytest.raises(Diverged):
        table.ours(nets()[0], Chooser((99,)))
