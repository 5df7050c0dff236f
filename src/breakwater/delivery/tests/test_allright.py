"""What is late, unknown, stuck or held is told, with its reason; and one verdict on all of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel, Credential
from breakwater.core import troubles
from breakwater.core.ids import new_id
from breakwater.delivery.allright import Answer, Level, Trouble, Verdict, all_right, open_hold
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Circuit, Delivery, Reconciliation, Worker
from breakwater.delivery.services import raise_wall, release
from breakwater.domain.errors import NotFound
from breakwater.people.models import Person, Workspace

MINUTE = timedelta(minutes=1)
Led = Callable[..., Delivery]


@pytest.fixture(autouse=True)
def _well(channel: Channel, worker: Worker, now: datetime, tmp_path: Path, settings: Settings) -> None:  # fmt: skip
    """A worker lives, the channel's sign-in has no end, and the disk is not looked at elsewhere."""
    settings.SPOOL = tmp_path / "spool"
    settings.DATA = tmp_path
    Credential.objects.create(channel=channel, sealed=b"x", replaced_at=now, created_at=now)


@pytest.fixture
def led(queued: MakeDelivery, worker: Worker) -> Led:
    """A delivery in this state; other values change its row."""

    def make(state: str, **values: Any) -> Delivery:
        row = queued()
        if state in ("claimed", "prepared", "sending"):
            values = {"worker": worker, **values}
        Delivery.objects.filter(pk=row.pk).update(state=state, **values)
        row.refresh_from_db()
        return row

    return make


def _of(answer: Answer) -> dict[str, Trouble]:
    return {one.code: one for one in answer.troubles}


def _ask(workspace: Workspace, now: datetime, *, alive: bool = True) -> Answer:
    if alive:
        Worker.objects.update(seen_at=now)
    return all_right(workspace.pk, now)


def test_nothing_at_all_is_all_right(harbour_workspace: Workspace, now: datetime) -> None:
    answer = _ask(harbour_workspace, now)

    assert (answer.verdict, answer.troubles) == (Verdict.ALL_RIGHT, ())
    assert [one.last for one in answer.compared] == [None]
    assert answer.facts.workers == 1


def test_what_is_planned_for_later_or_arrived_is_no_trouble(
    led: Led, harbour_workspace: Workspace, now: datetime
) -> None:
    led("queued", due_at=now + MINUTE, not_before=now + MINUTE)
    led("accepted", not_before=now)
    led("verified")
    led("cancelled")

    assert _ask(harbour_workspace, now + timedelta(seconds=20)).troubles == ()


@pytest.mark.parametrize("state", sorted(DELIVERY.states - DELIVERY.terminal))
def test_whatever_stands_still_is_seen_within_two_minutes(
    led: Led, harbour_workspace: Workspace, now: datetime, state: str
) -> None:
    row = led(state, state_at=now, not_before=now)

    answer = _ask(harbour_workspace, now + 2 * MINUTE)

    codes = {
        "needs_human": "delivery_asks",
        **{name: f"delivery_{name}" for name in ("missed", "failed", "held")},
    }
    assert _of(answer).keys() == {codes.get(state, "delivery_stuck")}
    (found,) = answer.deliveries
    assert (found.level, found.count, found.since) == (Level.PERSON, 1, now)
    assert [one.delivery for one in found.rows] == [row]
    assert answer.verdict is Verdict.NEEDS_YOU


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "turn"),
        ({"state": "retry_wait", "reason": "not_reached"}, "not_reached"),
        ({"state": "claimed"}, ""),
    ],
)
def test_what_is_due_and_not_out_is_late_with_its_reason(
    led: Led, harbour_workspace: Workspace, now: datetime, changes: dict[str, str], why: str
) -> None:
    led(changes.pop("state", "queued"), **changes)

    assert _ask(harbour_workspace, now + timedelta(seconds=14)).troubles == ()
    answer = _ask(harbour_workspace, now + timedelta(seconds=16))

    assert answer.verdict is Verdict.TAKING_CARE
    assert [(one.code, one.rows[0].why) for one in answer.troubles] == [("delivery_late", why)]


def test_what_has_a_reason_and_a_time_is_late_and_not_stuck(
    led: Led, channel: Channel, harbour_workspace: Workspace, now: datetime
) -> None:
    later = now + 10 * MINUTE
    again = later + MINUTE
    led("retry_wait", not_before=again, reason="throttled")

    late = _of(_ask(harbour_workspace, later))["delivery_late"]

    assert (late.since, late.until) == (now, again)
    assert (late.rows[0].why, late.rows[0].until) == ("throttled", again)


def test_a_shut_network_is_named_and_its_posts_are_late(
    led: Led, channel: Channel, harbour_workspace: Workspace, now: datetime
) -> None:
    led("queued")
    later = now + 5 * MINUTE
    Circuit.objects.create(origin=channel.origin, opened_at=now, probe_at=later + MINUTE)
    Circuit.objects.create(origin="https://elsewhere.test", opened_at=now, probe_at=later)

    found = _of(_ask(harbour_workspace, later))

    assert found.keys() == {"circuit_open", "delivery_late"}
    assert found["circuit_open"].data == {"network": "harbour.internal"}
    assert (found["circuit_open"].since, found["circuit_open"].until) == (now, later + MINUTE)
    assert found["delivery_late"].rows[0].why == "circuit"


@pytest.mark.parametrize(
    ("changes", "code", "why"),
    [
        ({"state": "reconnect"}, "reconnect", "reconnect"),
        ({"quiet_until": "2026-03-02T10:00Z"}, "channel_quiet", "throttled"),
    ],
)
def test_a_channel_that_is_shut_or_quiet_explains_what_is_late(
    led: Led, channel: Channel, harbour_workspace: Workspace, now: datetime,
    changes: dict[str, str], code: str, why: str,
) -> None:  # fmt: skip
    led("queued")
    Channel.objects.filter(pk=channel.pk).update(**changes)

    found = _of(_ask(harbour_workspace, now + 5 * MINUTE))

    assert found.keys() == {code, "delivery_late"}
    assert found[code].subject == channel.pk
    assert found["delivery_late"].rows[0].why == why


def test_a_channel_whose_sign_in_is_gone_has_to_be_connected_again(
    harbour_workspace: Workspace, now: datetime
) -> None:
    Credential.objects.all().delete()

    assert _of(_ask(harbour_workspace, now)).keys() == {"reconnect"}


def test_an_unknown_outcome_says_since_when_and_when_it_is_looked_for(
    led: Led, harbour_workspace: Workspace, now: datetime
) -> None:
    led("unknown", state_at=now, not_before=now + 15 * MINUTE, reason="worker_gone")

    answer = _ask(harbour_workspace, now + MINUTE)

    (found,) = answer.troubles
    assert (found.code, found.level) == ("delivery_unknown", Level.CARE)
    assert (found.since, found.until) == (now, now + 15 * MINUTE)
    assert answer.verdict is Verdict.TAKING_CARE


def test_few_of_many_are_shown_the_oldest_first(
    led: Led, harbour_workspace: Workspace, now: datetime
) -> None:
    for number in range(7):
        led("missed", state_at=now - number * MINUTE)
    led("failed")

    answer = _ask(harbour_workspace, now)

    missed = _of(answer)["delivery_missed"]
    assert (missed.count, len(missed.rows), missed.more) == (7, 5, 2)
    assert missed.rows[0].since == missed.since == now - 6 * MINUTE
    assert answer.things(Level.PERSON) == 8


def test_a_hold_is_one_thing_whatever_waits_behind_it(
    led: Led, bob: Person, channel: Channel, harbour_workspace: Workspace, now: datetime
) -> None:
    raise_wall(harbour_workspace.pk, why="Storm warning.", by=bob.pk, now=now)
    raise_wall(
        harbour_workspace.pk, tag=f"channel:{channel.pk}", why="", cause="budget", by=None, now=now
    )
    led("held", reason="hold")
    led("held", reason="hold")

    answer = _ask(harbour_workspace, now)

    pause, budget = answer.holds
    assert (pause.code, pause.since) == ("hold_pause", now)
    assert (pause.data["why"], pause.data["who"]) == ("Storm warning.", "Bob")
    assert (budget.code, budget.data["name"], budget.data["who"]) == ("hold_budget", "@harbour", "")
    assert _of(answer)["delivery_behind"].data == {"n": 2}
    assert answer.things(Level.PERSON) == 2


def test_what_is_still_held_when_no_hold_is_open_needs_somebody(
    led: Led, harbour_workspace: Workspace, now: datetime
) -> None:
    led("held", reason="hold")

    assert _ask(harbour_workspace, now).things(Level.PERSON) == 1


def test_only_an_open_hold_of_the_workspace_is_opened(
    bob: Person, harbour_workspace: Workspace, other_workspace: Workspace, now: datetime
) -> None:
    hold, _ = raise_wall(harbour_workspace.pk, why="", by=bob.pk, now=now)

    assert open_hold(harbour_workspace.pk, hold.pk)[0] == hold
    with pytest.raises(NotFound):
        open_hold(other_workspace.pk, hold.pk)
    release(hold, by=bob.pk, now=now)
    with pytest.raises(NotFound):
        open_hold(harbour_workspace.pk, hold.pk)


def test_the_last_comparison_of_a_channel_is_known_and_what_it_left_open(
    channel: Channel, harbour_workspace: Workspace, now: datetime
) -> None:
    for hours, left in ((1, 0), (2, 3)):
        Reconciliation.objects.create(
            workspace=harbour_workspace, channel=channel, since=now, until=now, complete=True,
            agreed=4, left_open=left, created_at=now + timedelta(hours=hours),
        )  # fmt: skip

    answer = _ask(harbour_workspace, now)

    assert [one.last and one.last.left_open for one in answer.compared] == [3]
    assert _of(answer)["found_open"].data == {"channel": "@harbour", "n": 3}


def test_nothing_of_another_workspace_is_seen(
    led: Led, bob: Person, other_workspace: Workspace, harbour_workspace: Workspace, now: datetime
) -> None:
    led("missed")
    raise_wall(harbour_workspace.pk, why="", by=bob.pk, now=now)

    answer = _ask(other_workspace, now)

    assert (answer.troubles, answer.compared) == ((), ())


def test_it_costs_the_same_for_one_and_for_hundreds(
    queued: MakeDelivery, bob: Person, channel: Channel, harbour_workspace: Workspace,
    now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries, settings: Settings,
) -> None:  # fmt: skip
    settings.MAIL_URL = "smtp://127.0.0.1"
    model = queued()
    rows = [
        Delivery(
            **{
                **{f.attname: getattr(model, f.attname) for f in Delivery._meta.fields},
                "id": new_id(), "source": new_id(), "state": state,
                "record_key": new_id().hex[-13:],
            }
        )
        for state in ("missed", "failed", "needs_human", "unknown", "held", "retry_wait")
        for _ in range(50)
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows)
    for number in range(25):
        raise_wall(harbour_workspace.pk, tag=f"label:{number}", why="", by=bob.pk, now=now)

    Worker.objects.update(seen_at=now + 5 * MINUTE)
    with django_assert_max_num_queries(8):
        answer = all_right(harbour_workspace.pk, now + 5 * MINUTE)

    assert sum(len(one.rows) for one in answer.deliveries) == 5 * len(answer.deliveries)
    assert (len(answer.holds), answer.more_holds) == (20, 5)
    assert answer.things(Level.PERSON) == 25 + 6 * 50 + 1


def test_every_trouble_has_its_sentences(
    queued: MakeDelivery, harbour_workspace: Workspace, now: datetime
) -> None:
    data = {
        "n": 2, "name": "x", "channel": "x", "network": "x", "host": "x", "free": 1, "units": 3,
        "budget": "x", "spent_micros": 1, "cap_micros": 2,
    }  # fmt: skip

    said = [troubles.say(code.partition(":")[0], {**data, "scope": code.partition(":")[2]}) for code in troubles.TROUBLES]  # fmt: skip

    assert all(one.title and (one.itself or one.person) for one in said)
    assert all("%(" not in f"{one.title}{one.itself}{one.person}" for one in said)
