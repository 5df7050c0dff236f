"""Videos and documents: piece by piece, on from where an earlier try ended."""

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from breakwater.domain.errors import NetworkError, Refused, TryLater
from breakwater.networks.base import Handle, Kit, Medium
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.tests.world import World, ignore, parcel, picture, world

FILM = bytes(range(256)) * 36_000  # three pieces
VIDEO = Medium(
    hashlib.sha256(FILM).hexdigest(), "video/mp4", len(FILM), 720, 1280, "The quay", 9_000
)  # fmt: skip


async def film(sha256: str) -> bytes:
    assert sha256 == VIDEO.sha256
    return FILM


def connector(w: World) -> HarbourConnector:
    return HarbourConnector(w.client, w.account, Kit(film))


def test_a_video_goes_up_in_pieces_and_is_shown(tmp_path: Path) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            to, film_ = connector(w), parcel(media=(VIDEO,), form="video")
            sent = await to.commit(film_, await to.prepare(film_, {}, ignore))

            seen = await to.read(sent.remote_id)
            assert seen is not None
            assert [(one.alt, one.sha256) for one in seen.media] == [("The quay", VIDEO.sha256)]
            assert (await w.client.get(seen.media[0].url)).content == FILM
            assert w.calls("prepare") == 1 + 1 + 3  # session, question, three pieces

    asyncio.run(story())


def test_it_goes_on_within_a_video(tmp_path: Path) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            to, film_, kept = connector(w), parcel(media=(VIDEO,)), list[Handle]()

            async def keep(handle: Handle) -> None:
                kept.append(handle)
                if "sessions" in handle and "media" not in handle:
                    w.plan("throttled", "prepare")

            with pytest.raises(TryLater):
                await to.prepare(film_, {}, keep)
            before = w.calls("prepare")

            made = await to.prepare(film_, kept[-1], ignore)

            assert made["media"] == [VIDEO.sha256]
            assert made["sessions"] == kept[-1]["sessions"]
            assert w.calls("prepare") == before + 1 + 3

    asyncio.run(story())


@pytest.mark.parametrize(
    ("medium", "reason"),
    [
        (replace(VIDEO, mime="video/quicktime"), "media_type"),
        (replace(VIDEO, size=50_000_001), "too_large"),
    ],
)
def test_another_kind_or_too_much_is_refused(tmp_path: Path, medium: Medium, reason: str) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            with pytest.raises(Refused) as no:
                await connector(w).prepare(parcel(media=(medium,)), {}, ignore)

            assert no.value.reason == reason
            assert w.texts() == []

    asyncio.run(story())


def test_bytes_that_changed_on_the_way_are_refused(tmp_path: Path) -> None:
    async def story() -> None:
        async def other(sha256: str) -> bytes:
            return FILM[:-1] + b"?"

        async with world(tmp_path) as w:
            to = HarbourConnector(w.client, w.account, Kit(other))
            with pytest.raises(Refused) as no:
                await to.prepare(parcel(media=(VIDEO,)), {}, ignore)

            assert no.value.reason == "media_altered"

    asyncio.run(story())


def test_media_that_no_form_has_are_refused(tmp_path: Path) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            with pytest.raises(NetworkError) as no:
                await w.send(parcel(media=(picture(),), form="document"))

            assert isinstance(no.value, Refused)
            assert no.value.reason == "not_accepted"
            assert w.texts() == []

    asyncio.run(story())
