"""Two deliveries with the same words on one account: whose is the post that is there?"""

from datetime import datetime

import pytest
from tests.deliveries import MakeDelivery

from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services.looking import company

SENT = {"state": "unknown", "doubtful": True, "commit_calls": 1}


@pytest.fixture
def mine(queued: MakeDelivery, now: datetime) -> Delivery:
    return _sent(queued(), now)


def _sent(row: Delivery, now: datetime, **values: object) -> Delivery:
    Delivery.objects.filter(pk=row.pk).update(**{**SENT, "first_sent_at": now, **values})
    row.refresh_from_db()
    return row


def test_the_post_of_another_delivery_is_explained(
    mine: Delivery, queued: MakeDelivery, now: datetime
) -> None:
    _sent(queued(), now, state="verified", doubtful=False, remote_id="9")

    found = company(mine, ["9", "10"])

    assert (found.explained, found.rivals) == (frozenset({"9"}), ())


@pytest.mark.parametrize("kind", ["reply", "edit"])
def test_an_answer_and_what_a_change_made_of_a_post_are_explained(
    mine: Delivery, queued: MakeDelivery, now: datetime, kind: str
) -> None:
    _sent(queued(kind=kind), now, state="verified", doubtful=False, remote_id="9")

    assert company(mine, ["9", "10"]).explained == frozenset({"9"})


def test_an_equal_answer_is_a_rival(mine: Delivery, queued: MakeDelivery, now: datetime) -> None:
    _sent(queued(kind="reply"), now)

    assert company(mine, []).rivals == (now,)


@pytest.mark.parametrize(
    ("state", "doubtful"),
    [("sending", False), ("unknown", True), ("needs_human", True), ("retry_wait", True)],
)
def test_an_equal_one_whose_own_post_is_not_known_is_a_rival(
    mine: Delivery,
    queued: MakeDelivery,
    worker: Worker,
    now: datetime,
    state: str,
    doubtful: bool,
) -> None:
    _sent(queued(" Fog on  the pier."), now, state=state, doubtful=doubtful, worker=worker)

    assert company(mine, []).rivals == (now,)


@pytest.mark.parametrize(
    ("text", "state", "doubtful"),
    [
        ("Other words.", "unknown", True),
        ("Fog on the pier.", "queued", False),
        ("Fog on the pier.", "failed", False),
    ],
)
def test_other_words_or_what_never_left_are_no_rivals(
    mine: Delivery, queued: MakeDelivery, now: datetime, text: str, state: str, doubtful: bool
) -> None:
    _sent(queued(text), now, state=state, doubtful=doubtful)

    assert company(mine, []).rivals == ()


LINK = "https://a.example/caf%C3%A9?utm=1"


@pytest.mark.parametrize(
    "other",
    [
        "Sun: https://a.example/café?utm=1",
        "Sun: https://a.example/caf%C3%A9?utm=1",
        "Sun: HTTPS://A.example:443/caf%c3%a9/?utm=1#top",
        "Sun: https://l.example/?to=https%3A%2F%2Fa.example%2Fcaf%C3%A9%3Futm%3D1",
    ],
)
def test_a_link_that_another_delivery_carries_in_another_spelling_is_no_marker(
    queued: MakeDelivery, other: str
) -> None:
    queued(other)

    assert company(queued(f"Fog: {LINK}"), []).markers == frozenset()


def test_a_link_of_its_own_is_a_marker_beside_others_of_the_same_site(queued: MakeDelivery) -> None:
    queued("Sun: https://a.example/caf%C3%A9?utm=2 https://a.example:443/th%C3%A9/?utm=1")

    assert company(queued(f"Fog: {LINK}"), []).markers == {"a.example/café?utm=1"}


def test_the_words_of_those_whose_own_post_is_not_known_are_named(
    mine: Delivery, queued: MakeDelivery, now: datetime
) -> None:
    _sent(queued(" Sun  today."), now)
    _sent(queued("Rain."), now, state="verified", doubtful=False, remote_id="9")

    assert company(mine, []).texts == frozenset({"Sun today."})
