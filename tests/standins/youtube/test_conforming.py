"""What every connector must pass, on the stand-in. Posts of text become films: YouTube has no
others, and no picture has a description."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from breakwater.networks.base import Connector, Handle, KeepHandle, Kit, Look, Parcel, Sent
from breakwater.networks.conformance import CHECKS, Check, Subject
from breakwater.networks.youtube.manifest import LIMITS
from breakwater.networks.youtube.outbound import YouTubeConnector
from tests.standins.base.calling import BLOBS, VIDEO
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import NETWORK, Desk


class _Filming(YouTubeConnector):
    """Puts a film to the words of each parcel."""

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        return await super().prepare(_filmed(parcel), handle, keep)

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        return await super().commit(_filmed(parcel), handle)

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        return await super().look(_filmed(parcel), handle)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_youtube_conforms_on_the_stand_in(
    check: Check, standin: YouTubeStandin, desk: Desk
) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=standin.transport()) as client:

            def connect(kit: Kit) -> Connector:
                return _Filming(client, desk.account, replace(kit, read=_read))

            await check(
                Subject(NETWORK.manifest, connect, standin.now, replace(LIMITS, pictures=0))
            )

    asyncio.run(run())


async def _read(sha256: str) -> bytes:
    return BLOBS[sha256]


def _filmed(parcel: Parcel) -> Parcel:
    return replace(parcel, media=(VIDEO,), options={"title": "A film", "kids": "no"})
