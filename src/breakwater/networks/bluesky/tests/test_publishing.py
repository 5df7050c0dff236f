"""Prepare, commit, delete: uploads first, then one call under our own key."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.base import Medium, Parcel
from breakwater.networks.bluesky.tests.recording import RKEY
from breakwater.networks.bluesky.tests.world import (
    BOB_DID,
    DID,
    PICTURE,
    RECORDED,
    SHA256,
    URI,
    forget,
    parcel,
    world,
)

BLOB = RECORDED["uploaded"]["body"]["blob"]
READY = {"blobs": {SHA256: BLOB}, "facets": []}


def test_pictures_and_mentions_are_made_ready_and_kept_one_by_one() -> None:
    net = world(repo_uploadBlob="uploaded", identity_resolveHandle="resolved")
    kept: list[Mapping[str, Any]] = []

    async def keep(handle: Mapping[str, Any]) -> None:
        kept.append(json.loads(json.dumps(handle)))

    handle = net.connected(
        lambda to: to.prepare(parcel("🌊 @bob.test", media=(PICTURE,)), {}, keep)
    )

    mention = {"$type": "app.bsky.richtext.facet#mention", "did": BOB_DID}
    facets = [{"index": {"byteStart": 5, "byteEnd": 14}, "features": [mention]}]
    assert kept == [{"blobs": {SHA256: BLOB}}, {"blobs": {SHA256: BLOB}, "facets": facets}]
    assert handle == kept[-1]
    assert net.requests[0].headers["content-type"] == "image/png"


def test_prepare_goes_on_from_what_was_kept() -> None:
    net = world()

    handle = net.connected(lambda to: to.prepare(parcel(media=(PICTURE,)), READY, forget))

    assert handle == READY
    assert net.asked == []


def test_a_mention_of_nobody_is_no_obstacle() -> None:
    net = world(identity_resolveHandle="unresolved")

    handle = net.connected(lambda to: to.prepare(parcel("@nobody.test"), {}, forget))

    assert handle == {"facets": []}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.ReadTimeout("slow"), TryLater),
        (httpx.RemoteProtocolError("gone"), TryLater),
        (httpx.Response(500), TryLater),
        (httpx.Response(200, text="<html>"), TryLater),
        (httpx.Response(200, json={"blob": {}}), TryLater),
        ("throttled", TryLater),
        ("expired", Reconnect),
        ("upload_too_big", Refused),
    ],
)
def test_a_failed_upload_is_never_in_doubt(
    answer: httpx.Response | Exception | str, error: type[Exception]
) -> None:
    net = world(repo_uploadBlob=answer)

    with pytest.raises(error):
        net.connected(lambda to: to.prepare(parcel(media=(PICTURE,)), {}, forget))


def test_a_server_that_changes_the_picture_is_refused() -> None:
    other = BLOB | {"ref": {"$link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}}
    net = world(repo_uploadBlob=httpx.Response(200, json={"blob": other}))

    with pytest.raises(Refused) as refused:
        net.connected(lambda to: to.prepare(parcel(media=(PICTURE,)), {}, forget))

    assert refused.value.reason == "media_altered"


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (parcel("x" * 301), "text_too_long"),
        (parcel("👩‍👩‍👧‍👦" * 121), "text_too_long"),
        (parcel(media=(PICTURE,) * 11), "too_many_pictures"),
        (parcel(media=(Medium(SHA256, "image/png", 2_000_001, 2, 1),)), "too_large"),
        (parcel(media=(Medium(SHA256, "image/svg+xml", 100, 2, 1),)), "media_type"),
    ],
)
def test_what_is_over_a_limit_never_leaves(what: Parcel, reason: str) -> None:
    net = world()

    with pytest.raises(Refused) as refused:
        net.connected(lambda to: to.prepare(what, {}, forget))

    assert refused.value.reason == reason
    assert net.asked == []


def test_the_commit_is_one_call_that_may_only_create() -> None:
    net = world(repo_putRecord="put")

    sent = net.connected(lambda to: to.commit(parcel(media=(PICTURE,), language="en"), READY))

    assert net.asked == ["repo.putRecord"]
    assert net.payload(0) == {
        "repo": DID,
        "collection": "app.bsky.feed.post",
        "rkey": RKEY,
        "swapRecord": None,
        "record": {
            "$type": "app.bsky.feed.post",
            "text": "Ahoy",
            "createdAt": "2026-01-01T00:00:00.000Z",
            "langs": ["en"],
            "embed": {
                "$type": "app.bsky.embed.images",
                "images": [
                    {
                        "alt": "Two pixels",
                        "image": BLOB,
                        "aspectRatio": {"width": 2, "height": 1},
                    }
                ],
            },
        },
    }
    assert sent.remote_id == URI
    assert sent.url == f"https://bsky.app/profile/ann.test/post/{RKEY}"
    assert sent.detail.startswith("200 ")


@pytest.mark.parametrize("answer", ["put_same", "put_other"])
def test_a_key_that_is_taken_is_published(answer: str) -> None:
    net = world(repo_putRecord=answer)

    sent = net.connected(lambda to: to.commit(parcel(), {"facets": []}))

    assert sent.remote_id == URI
    assert net.asked == ["repo.putRecord"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.ConnectError("refused"), TryLater),
        (httpx.ReadTimeout("slow"), OutcomeUnknown),
        (httpx.RemoteProtocolError("gone"), OutcomeUnknown),
        (httpx.Response(500, json={"error": "InternalServerError"}), OutcomeUnknown),
        (httpx.Response(500, json={"error": "InvalidSwap"}), OutcomeUnknown),
        (httpx.Response(200, text="<html>"), OutcomeUnknown),
        (httpx.Response(200, json={}), OutcomeUnknown),
        (httpx.Response(200, json={"uri": URI + "x"}), OutcomeUnknown),
        ("throttled", TryLater),
        ("expired", Reconnect),
        ("put_taken_down", Reconnect),
        ("put_too_long", Refused),
        ("put_blob_gone", Refused),
    ],
)
def test_a_commit_that_failed_says_how_certain_that_is(
    answer: httpx.Response | Exception | str, error: type[Exception]
) -> None:
    net = world(repo_putRecord=answer)

    with pytest.raises(error):
        net.connected(lambda to: to.commit(parcel(), {"facets": []}))

    assert net.asked == ["repo.putRecord"]


def test_a_redirect_of_the_commit_is_not_followed() -> None:
    moved = httpx.Response(307, headers={"location": "https://elsewhere.example.org/"})
    net = world(repo_putRecord=moved)

    with pytest.raises(OutcomeUnknown):
        net.connected(lambda to: to.commit(parcel(), {"facets": []}))

    assert len(net.requests) == 1


def test_a_commit_without_its_upload_never_leaves() -> None:
    net = world()

    with pytest.raises(Refused) as refused:
        net.connected(lambda to: to.commit(parcel(media=(PICTURE,)), {"facets": []}))

    assert refused.value.reason == "media_gone"
    assert net.asked == []


@pytest.mark.parametrize("answer", ["deleted", "deleted_again"])
def test_gone_and_already_gone_are_both_gone(answer: str) -> None:
    net = world(repo_deleteRecord=answer)

    net.connected(lambda to: to.delete(URI))

    assert net.payload(0) == {"repo": DID, "collection": "app.bsky.feed.post", "rkey": RKEY}


@pytest.mark.parametrize(
    ("remote_id", "reason"),
    [
        (f"at://{BOB_DID}/app.bsky.feed.post/{RKEY}", "not_allowed"),
        ("https://bsky.app/profile/ann.test/post/x", "not_there"),
        (f"{URI}/../x", "not_there"),
    ],
)
def test_only_own_records_are_deleted(remote_id: str, reason: str) -> None:
    net = world()

    with pytest.raises(Refused) as refused:
        net.connected(lambda to: to.delete(remote_id))

    assert refused.value.reason == reason
    assert net.asked == []
