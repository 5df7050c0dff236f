"""How calls end, and what of a network's words is kept."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from breakwater.channels.doors import Opened
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.networks.base import Account, Seen
from breakwater.networks.unable import Unable
from breakwater.workers.calls import Ended, classify, guards, hushed, look, verify


def test_a_secret_that_the_network_echoes_is_not_kept() -> None:
    ended = Ended(Outcome.REFUSED, "refused", "400 bad header: Bearer kelp-lantern-7 \ud83d")

    kept = hushed(ended, {"access_token": "kelp-lantern-7", "kind": "x"})

    assert kept.detail == "400 bad header: Bearer *** \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("error", "writing", "reading"),
    [
        (TryLater("busy"), Outcome.NOT_SENT, Outcome.NOT_SENT),
        (TryLater("slow", throttled=True), Outcome.THROTTLED, Outcome.THROTTLED),
        (Reconnect(), Outcome.TOKEN, Outcome.TOKEN),
        (Refused("text_too_long"), Outcome.REFUSED, Outcome.REFUSED),
        (OutcomeUnknown("500"), Outcome.UNKNOWN, Outcome.NOT_SENT),
        (TimeoutError(), Outcome.UNKNOWN, Outcome.NOT_SENT),
        (KeyError("id"), Outcome.UNKNOWN, Outcome.REFUSED),
    ],
)
def test_doubt_is_unknown_only_where_something_may_have_left(
    error: Exception, writing: Outcome, reading: Outcome
) -> None:
    assert classify(error, writing=True).outcome is writing
    assert classify(error, writing=False).outcome is reading


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (OutcomeUnknown("422", code="duplicate", remote_id="urn:li:share:7"), "urn:li:share:7"),
        (Refused("duplicate", "422", remote_id="urn:li:share:7"), "urn:li:share:7"),
        (OutcomeUnknown("403", code="duplicate"), ""),
        (OutcomeUnknown("500", remote_id="urn:li:share:7"), ""),
    ],
)
def test_a_refusal_as_a_duplicate_keeps_the_post_that_it_names(
    error: Exception, named: str
) -> None:
    assert classify(error, writing=True).duplicate_of == named


@pytest.mark.parametrize(("bare", "outcome"), [(True, Outcome.FOUND), (False, Outcome.ALTERED)])
def test_of_a_post_that_is_out_and_not_shown_nothing_is_compared(
    bare: bool, outcome: Outcome
) -> None:
    seen = Seen("7", "", "", datetime(2026, 11, 28, tzinfo=UTC), bare=bare)
    row = Delivery(kind="publish", remote_id="7", payload={"text": "Fresh mussels", "media": []})

    class Secretive(Unable):
        async def read(self, remote_id: str) -> Seen:
            return seen

    ended = asyncio.run(verify(Secretive(), row, timedelta(seconds=5)))  # type: ignore[arg-type]

    assert ended.outcome is outcome


@pytest.mark.parametrize(
    ("deed", "outcome", "guarantee"),
    [
        ("like", Outcome.ABSENT, Guarantee.LASTING_KEY),
        ("report", Outcome.UNPROVABLE, Guarantee.NONE),
    ],
)
def test_only_what_can_be_made_twice_counts_as_not_made(
    deed: str, outcome: Outcome, guarantee: Guarantee
) -> None:
    row = Delivery(kind="act", payload={"deed": deed, "target": "7"})

    class Keyed(Unable):
        guarantee = Guarantee.LASTING_KEY

    ended = asyncio.run(look(Keyed(), row, timedelta(seconds=5)))  # type: ignore[arg-type]

    assert (ended.outcome, guards(Keyed(), row)) == (outcome, guarantee)  # type: ignore[arg-type]


def test_the_keys_of_the_app_are_not_kept_either() -> None:
    account = Account("7", "@quay", "https://a.example", {"access_token": "kelp-lantern-7"})
    opened = Opened(new_id(), new_id(), "x", account, 1, {"client_secret": "fog-horn-secret"})
    ended = Ended(Outcome.REFUSED, "refused", "kelp-lantern-7 of fog-horn-secret")

    assert hushed(ended, opened.secrets).detail == "*** of ***"
