"""The same over a real socket, through the product's own guarded client."""

import asyncio
from pathlib import Path

from pytest_django import Settings

from breakwater.core import http
from breakwater.networks import facebook
from breakwater.networks.base import Account, Handle, Kit, Parcel, Seen
from tests.standins.base.calling import BLOBS, MP4, PICTURE, VIDEO, parcel
from tests.standins.base.server import serving
from tests.standins.facebook import FacebookStandin


async def _read(sha256: str) -> bytes:
    return BLOBS[sha256]


async def _keep(handle: Handle) -> None:
    del handle


async def _published(standin: FacebookStandin, what: Parcel) -> Seen | None:
    network = facebook.build(Path())
    account = Account(standin.page.id, "harbourcafe", standin.origin, standin.connected())
    async with http.client(fresh=True) as client:
        page = network.connector(client, account, Kit(_read, app=standin.keys()))
        sent = await page.commit(what, await page.prepare(what, {}, _keep))
        return await page.read(sent.remote_id)


def test_pictures_and_a_streamed_reel_pass_the_guard(settings: Settings) -> None:
    with serving(FacebookStandin()) as standin:
        settings.ALLOWED_ORIGINS = frozenset({standin.origin})

        pictures = asyncio.run(_published(standin, parcel(media=(PICTURE, PICTURE))))
        reel = asyncio.run(_published(standin, parcel("On the quay", media=(VIDEO,), form="reel")))

        assert pictures is not None
        assert [medium.alt for medium in pictures.media] == ["A grey dot", "A grey dot"]
        assert reel is not None
        assert reel.text == "On the quay"
        assert bytes(standin.of("AdVideo")[0].data) == MP4
        assert standin.violations == []
