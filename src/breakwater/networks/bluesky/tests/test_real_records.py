"""Records of every kind that we make, held against the lexicons of a real server."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.peers.pds import Person

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Act, Card, Deed, Source
from breakwater.networks.bluesky.records import FOLLOW, POST
from breakwater.networks.bluesky.tests.test_real_server import Desk, parcel, signed_in

pytestmark = pytest.mark.slow


@pytest.fixture
def ann(pds_account: Callable[[str], Person]) -> Desk:
    return signed_in(pds_account("ann"))


@pytest.fixture
def bob(pds_account: Callable[[str], Person]) -> Desk:
    return signed_in(pds_account("bob"))


def record(desk: Desk, collection: str, rkey: str) -> Any:
    url = f"{desk.account.origin}/xrpc/com.atproto.repo.getRecord"
    query = {"repo": desk.account.remote_id, "collection": collection, "rkey": rkey}
    return httpx.get(url, params=query).json()["value"]


def test_options_and_a_card_are_taken(ann: Desk, bob: Desk) -> None:
    quoted = bob.send(parcel("The old quay burns."))
    thumb = ann.picture(16)
    options = {
        "labels": "graphic-media", "languages": "fr", "replies": "following", "no_quotes": "true",
        "quote": quoted.remote_id,
    }  # fmt: skip
    said = parcel("Keep away.", options=options, language="en", card=Card(
        "https://quay.example/menu", "Menu", "Mussels", thumb.sha256
    ))  # fmt: skip

    sent = ann.send(said)

    post = record(ann, POST, said.record_key)
    assert post["langs"] == ["en", "fr"]
    assert post["labels"]["values"] == [{"val": "graphic-media"}]
    assert post["embed"]["record"]["record"]["uri"] == quoted.remote_id
    assert post["embed"]["media"]["external"]["thumb"]["size"] == thumb.size
    gate = record(ann, "app.bsky.feed.threadgate", said.record_key)
    assert (gate["post"], len(gate["allow"])) == (sent.remote_id, 1)
    postgate = record(ann, "app.bsky.feed.postgate", said.record_key)
    assert postgate["post"] == sent.remote_id


def test_whom_it_follows_is_read_from_its_own_records(ann: Desk, bob: Desk) -> None:
    follow = {
        "$type": FOLLOW,
        "subject": bob.account.remote_id,
        "createdAt": "2026-11-28T00:00:00Z",
    }
    httpx.post(
        f"{ann.account.origin}/xrpc/com.atproto.repo.createRecord",
        json={"repo": ann.account.remote_id, "collection": FOLLOW, "record": follow},
        headers={"authorization": f"Bearer {ann.account.secrets['access_token']}"},
    ).raise_for_status()
    act = Act(Deed.UNFOLLOW, bob.account.remote_id)

    before = ann.connected(lambda to: to.following())
    ann.connected(lambda to: to.act(act))
    ann.connected(lambda to: to.act(act))

    assert [one.remote_id for one in before.people] == [bob.account.remote_id]
    assert ann.connected(lambda to: to.following()).people == ()
    assert ann.connected(lambda to: to.acted(act))


@pytest.mark.parametrize("source", [Source.COMMENTS, Source.MENTIONS])
def test_a_server_that_stands_alone_says_so(ann: Desk, source: Source) -> None:
    with pytest.raises(Unsupported):
        ann.connected(lambda to: to.poll(source, ""))
