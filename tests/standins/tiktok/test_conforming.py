"""What every connector must pass, on the stand-in. Each parcel is given a video and its options,
since nothing is a post here without them."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from breakwater.networks import conformance
from breakwater.networks.base import Account, Connector, Kit, Parcel
from breakwater.networks.conformance import CHECKS, Check, Subject
from breakwater.networks.tiktok.manifest import MANIFEST
from tests.standins.base.calling import BLOBS, VIDEO
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, NETWORK

LEFT_OUT = (conformance.shows_alt_texts_and_pictures,)
"""There are no alt texts, and the pictures of a post are not shown to apps."""


class _Dressed:
    """The connector, to which each parcel comes as a video for everybody."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._connector, name)
        if name not in ("prepare", "commit", "look"):
            return found
        return lambda parcel, *rest: found(self._as_film(parcel), *rest)

    def _as_film(self, parcel: Parcel) -> Parcel:
        return replace(parcel, media=(VIDEO,), options=AGREED)


async def _read(sha256: str) -> bytes:
    return BLOBS[sha256]


@pytest.mark.parametrize(
    "check", [one for one in CHECKS if one not in LEFT_OUT], ids=lambda check: check.__name__
)
def test_it_conforms(check: Check, tiktok_in_process: TikTokStandin) -> None:
    standin = tiktok_in_process
    account = Account("open-harbour", "@harbour", standin.origin, standin.connected())

    async def run() -> None:
        async with httpx.AsyncClient(transport=standin.transport()) as client:

            def connect(kit: Kit) -> Any:
                return _Dressed(NETWORK.connector(client, account, Kit(_read)))

            await check(Subject(MANIFEST, connect, now=standin.now, renames=True))

    asyncio.run(run())
