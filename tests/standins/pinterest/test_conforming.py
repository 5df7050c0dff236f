"""The checks that every connector passes. A pin needs a board and a picture, which are added to
what the checks send."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from breakwater.networks import pinterest
from breakwater.networks.base import Account, Handle, Kit, Medium, Parcel
from breakwater.networks.conformance import CHECKS, Check, Subject, png
from breakwater.networks.pinterest.outbound import PinterestConnector
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.standin import ANN, MENUS

_PNG = png(60)
_PICTURE = Medium(hashlib.sha256(_PNG).hexdigest(), "image/png", len(_PNG), 8, 8, "A square")


def _pinned(parcel: Parcel) -> Parcel:
    options = {"board": MENUS, "link": "https://cafe.example/menu", **parcel.options}
    return replace(parcel, media=parcel.media or (_PICTURE,), options=options)


class _Pinning(PinterestConnector):
    async def prepare(
        self, parcel: Parcel, handle: Handle, keep: Callable[[Handle], Awaitable[None]]
    ) -> Handle:
        handle = await super().prepare(_pinned(parcel), handle, keep)
        await keep(handle)
        return handle

    async def commit(self, parcel: Parcel, handle: Handle) -> Any:
        return await super().commit(_pinned(parcel), handle)

    async def look(self, parcel: Parcel, handle: Handle) -> Any:
        return await super().look(_pinned(parcel), handle)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, pinterest_standin: PinterestStandin) -> None:
    network = pinterest.build(Path())
    account = Account(ANN, "@harbour_cafe", pinterest_standin.origin, pinterest_standin.connected())

    async def go() -> None:
        async with httpx.AsyncClient(transport=pinterest_standin.transport()) as client:

            def connect(kit: Kit) -> PinterestConnector:
                return _Pinning(client, account, kit)

            await check(Subject(network.manifest, connect))

    asyncio.run(go())
