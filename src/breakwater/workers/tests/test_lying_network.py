"""The real loop and a network on a real socket that lies, throttles, throws us out or is not there.

Whatever it does, the post is public at most once, and a person reads what happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.harbours import public, served
from tests.live import free_port

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.core.reasons import why
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Fault
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.notices.models import Notice
from breakwater.people.models import Membership
from breakwater.people.roles import Role
from breakwater.workers.health import tell_of_health
from breakwater.workers.tests.conftest import Bench

pytestmark = pytest.mark.slow


@dataclass
class Town:
    """A harbour whose address stays the same, whether anybody answers there or not."""

    bench: Bench
    home: Path
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, guarantee: Guarantee, channel: Channel | None = None) -> Channel:
        return connect_with_fields(
            workspace_id=self.bench.workspace.pk,
            network="sandbox",
            origin=self.origin,
            fields={"name": "quay", "class": guarantee.value},
            by=self.bench.person.pk,
            now=clock.now(),
            channel_id=channel.pk if channel else None,
        )

    def plan(self, channel: Channel, kind: str, **detail: str) -> None:
        harbour = Harbour(self.home)
        harbour.plan(channel.remote_id, Fault(kind, detail=detail))
        harbour.close()

    def public(self, channel: Channel) -> list[str]:
        return public(self.home, channel.remote_id)


@pytest.fixture
def town(bench: Bench, tmp_path: Path, settings: Settings) -> Town:
    found = Town(bench, tmp_path / "harbour", free_port())
    settings.ALLOWED_ORIGINS = frozenset({found.origin})
    return found


@pytest.fixture
def answering(town: Town) -> Iterator[Town]:
    with served(town.home, town.port):
        yield town


def _outcomes(row: Delivery, step: str = "commit") -> list[str]:
    found = Attempt.objects.filter(delivery=row, step=step).order_by("id")
    return list(found.values_list("outcome", flat=True))


@pytest.mark.parametrize("guarantee", [Guarantee.LASTING_KEY, Guarantee.NONE])
@pytest.mark.parametrize(
    ("lie", "detail"),
    [
        ("html", {}),
        ("no_id", {"status": "201"}),
        ("flood", {}),
        ("trickle", {}),
        ("half_body", {}),
        ("dropped_after", {}),
    ],
)
def test_an_answer_that_proves_nothing_is_looked_into_and_sent_once(
    answering: Town, guarantee: Guarantee, lie: str, detail: dict[str, str]
) -> None:
    channel = answering.connect(guarantee)
    answering.plan(channel, lie, **detail)
    row = answering.bench.order(channel)

    answering.bench.run_to(row, "verified")

    assert answering.public(channel) == ["Fog on the pier."]
    assert (row.commit_calls, _outcomes(row)) == (1, ["begun", "unknown"])
    assert "nothing is sent again before that" in why("unknown", "unknown")


def test_wait_for_ten_days_is_a_question_for_a_person(answering: Town) -> None:
    channel = answering.connect(Guarantee.HOUR_KEY)
    answering.plan(channel, "throttled", retry_after="ten_days")
    row = answering.bench.order(channel)

    answering.bench.run_to(row, "needs_human")

    assert (row.reason, row.commit_calls, row.to_tell) == ("throttled_too_long", 1, True)
    assert "until after the time this post was good for. It was not sent" in why(
        row.reason, row.state
    )
    assert answering.public(channel) == []


def test_nobody_there_is_tried_again_and_leaves_once(town: Town) -> None:
    with served(town.home, town.port):
        channel = town.connect(Guarantee.NONE)
    row = town.bench.order(channel)

    town.bench.run_to(row, "retry_wait")

    assert row.reason == "not_reached"
    assert "could not be reached. The post was not sent and is kept" in why(row.reason, row.state)
    assert set(_outcomes(row)) == {"begun", "not_sent"}

    with served(town.home, town.port):
        town.bench.run_to(row, "verified")

    assert town.public(channel) == ["Fog on the pier."]


def test_a_revoked_sign_in_asks_a_person_and_the_post_leaves_after_that(answering: Town) -> None:
    bench = answering.bench
    Membership.objects.filter(person=bench.person).update(role=Role.MANAGER)
    channel = answering.connect(Guarantee.HOUR_KEY)
    answering.plan(channel, "token_dead")
    row = bench.order(channel)

    def shut() -> bool:
        channel.refresh_from_db()
        row.refresh_from_db()
        return channel.state == "reconnect" and row.state == "retry_wait"

    bench.run_until(shut)
    tell_of_health(clock.now())

    assert row.reason == "reconnect"
    assert "Reconnect the channel" in why(row.reason, row.state)
    assert list(Notice.objects.values_list("person__name", "code")) == [("Ann", "reconnect")]
    assert answering.public(channel) == []

    answering.connect(Guarantee.HOUR_KEY, channel)
    bench.run_to(row, "verified")

    assert answering.public(channel) == ["Fog on the pier."]
