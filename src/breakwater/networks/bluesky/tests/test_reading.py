"""Looking and reading: exact, and absent only when the server says so."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from breakwater.domain.errors import NetworkError, Refused, TryLater
from breakwater.networks.base import Look, Seen, SeenMedium
from breakwater.networks.bluesky.blobs import sha256_of
from breakwater.networks.bluesky.tests.recording import RKEY
from breakwater.networks.bluesky.tests.world import (
    DID,
    ORIGIN,
    RECORDED,
    SHA256,
    URI,
    parcel,
    world,
)

CID = RECORDED["uploaded"]["body"]["blob"]["ref"]["$link"]
POST = Seen(
    remote_id=URI,
    url=f"https://bsky.app/profile/ann.test/post/{RKEY}",
    text="Ahoy",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    media=(
        SeenMedium(
            url=f"{ORIGIN}/xrpc/com.atproto.sync.getBlob?did={DID}&cid={CID}",
            alt="Two pixels",
            sha256=SHA256,
        ),
    ),
)


def page(cursor: str, *records: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json={"records": records, "cursor": cursor})


def row(rkey: str, made: str) -> dict[str, Any]:
    uri = f"at://{DID}/app.bsky.feed.post/{rkey}"
    return {"uri": uri, "cid": "x", "value": {"text": rkey, "createdAt": made}}


def test_a_look_finds_the_parcel_under_its_key() -> None:
    net = world(repo_getRecord="get")

    look = net.connected(lambda to: to.look(parcel(), {}))

    assert look == Look(exact=True, posts=(POST,))
    assert dict(net.requests[0].url.params) == {
        "repo": DID,
        "collection": "app.bsky.feed.post",
        "rkey": RKEY,
    }


def test_a_look_proves_that_the_parcel_is_not_there() -> None:
    net = world(repo_getRecord="absent")

    assert net.connected(lambda to: to.look(parcel(), {})) == Look(exact=True, posts=())


@pytest.mark.parametrize(
    "answer",
    [
        "elsewhere",
        "throttled",
        "expired",
        httpx.Response(404),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={}),
        httpx.Response(200, json=row("another", "2026-01-01T00:00:00Z")),
        httpx.Response(500),
        httpx.ReadTimeout("slow"),
    ],
)
def test_no_other_answer_is_a_proof_of_absence(answer: httpx.Response | Exception | str) -> None:
    net = world(repo_getRecord=answer)

    with pytest.raises(NetworkError):
        net.connected(lambda to: to.read(URI))


def test_a_post_is_read_with_its_picture_and_its_hash() -> None:
    net = world(repo_getRecord="get")

    assert net.connected(lambda to: to.read(URI)) == POST


def test_the_timeline_is_fetched_page_by_page_and_sorted_by_date() -> None:
    net = world(
        repo_listRecords=[
            page("b", row("c", "2026-01-01T00:00:00.000Z"), row("b", "2026-01-03T00:00:00Z")),
            page("a", row("a", "2026-01-02T01:00:00+01:00"), {"uri": "nonsense"}),
            page("", *()),
        ]
    )

    posts = net.connected(lambda to: to.timeline(150))

    assert [post.text for post in posts] == ["b", "a", "c"]
    assert posts[1].created_at == datetime(2026, 1, 2, tzinfo=UTC)
    assert [request.url.params.get("cursor") for request in net.requests] == [None, "b", "a"]
    assert net.requests[0].url.params["limit"] == "100"


def test_the_timeline_asks_for_no_more_than_it_wants() -> None:
    net = world(repo_listRecords="listed")

    assert net.connected(lambda to: to.timeline(1)) == (POST,)
    assert net.requests[0].url.params["limit"] == "1"


def test_a_list_without_records_is_no_empty_timeline() -> None:
    net = world(repo_listRecords=httpx.Response(200, json={}))

    with pytest.raises(TryLater):
        net.connected(lambda to: to.timeline(10))


@pytest.mark.parametrize(
    "value",
    [
        {"text": 5, "createdAt": "yesterday", "embed": "x", "facets": "x"},
        {"embed": {"images": [None, "x"]}},
        {"embed": {"media": {"images": 7}}, "createdAt": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_strange_record_is_still_there(value: dict[str, Any]) -> None:
    net = world(repo_getRecord=httpx.Response(200, json={"uri": URI, "value": value}))

    post = net.connected(lambda to: to.read(URI))

    assert post == Seen(URI, POST.url, "", datetime(1970, 1, 1, tzinfo=UTC))


def test_pictures_beside_a_quoted_post_are_seen() -> None:
    images = RECORDED["get"]["body"]["value"]["embed"]
    value = {
        "text": "Ahoy",
        "createdAt": "2026-01-01T00:00:00Z",
        "embed": {"$type": "app.bsky.embed.recordWithMedia", "media": images, "record": {}},
    }
    net = world(repo_getRecord=httpx.Response(200, json={"uri": URI, "value": value}))

    assert net.connected(lambda to: to.read(URI)) == POST


def test_an_address_of_something_else_is_refused() -> None:
    net = world()

    with pytest.raises(Refused):
        net.connected(lambda to: to.read("https://bsky.app/profile/ann.test/post/x"))

    assert net.asked == []


@pytest.mark.parametrize(
    "cid",
    [None, "", "b", "b!", "Qm123", "bafyreicddlws6o2enkmodxhxrou5vn4hi6phwb3ezxguft5x2o2kirlobe"],
)
def test_only_the_cid_of_raw_bytes_is_a_hash_of_them(cid: object) -> None:
    assert sha256_of(cid) == ""
    assert sha256_of(CID) == SHA256
