"""The harbour passes what every connector must pass, in each of its classes."""

import asyncio
from pathlib import Path

import pytest

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Kit, Practice
from breakwater.networks.conformance import CHECKS, Check, Subject, publishing
from breakwater.networks.sandbox.classes import CLAIMS, KEY_IGNORED, PUBLISH_ID
from breakwater.networks.sandbox.manifest import CLASSES, MANIFEST
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.tests.world import World, world


def _connector(w: World, kit: Kit) -> HarbourConnector:
    return HarbourConnector(w.client, w.account, kit)


def _subject(w: World, kind: str = Guarantee.HOUR_KEY) -> Subject:
    renames = kind == PUBLISH_ID
    return Subject(MANIFEST, lambda blob: _connector(w, blob), now=w.hands, renames=renames)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("kind", [kind for kind, _ in CLASSES if kind != KEY_IGNORED])
@pytest.mark.parametrize("socket", [False, True], ids=["in_process", "socket"])
def test_it_conforms(check: Check, kind: str, socket: bool, tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path, kind, socket=socket) as w:
            w.harbour.as_class(w.account.remote_id, kind, moderation_s=0)
            await check(_subject(w, kind))

    asyncio.run(run())


def test_the_manifest_lists_every_class() -> None:
    assert {str(kind) for kind, _ in CLASSES} == set(CLAIMS)


@pytest.mark.parametrize(
    ("check", "kind", "call"),
    [
        (publishing.publishes_and_reads_back_equal, "truncated", ""),
        (publishing.publishes_and_reads_back_equal, "altered", ""),
        (publishing.look_finds_what_was_published, "altered", ""),
        (publishing.deletes_and_proves_absence, "keeps_deleted", ""),
    ],
)
def test_a_network_that_lies_does_not_conform(
    check: Check, kind: str, call: str, tmp_path: Path
) -> None:
    async def run() -> None:
        async with world(tmp_path) as w:
            w.plan(kind, call, sticky=True)
            with pytest.raises(AssertionError):
                await check(_subject(w))

    asyncio.run(run())


@pytest.mark.parametrize("kind", [Guarantee.HOUR_KEY, KEY_IGNORED])
def test_a_network_that_ignores_the_key_does_not_conform(tmp_path: Path, kind: str) -> None:
    async def run() -> None:
        async with world(tmp_path, kind) as w:
            w.harbour.as_class(w.account.remote_id, kind, key_ignored=True)
            assert w.connector.guarantee is Guarantee.HOUR_KEY
            with pytest.raises(AssertionError, match="2 copies of one parcel"):
                await publishing.same_parcel_twice_behaves_as_its_guarantee_says(_subject(w))

    asyncio.run(run())


def test_the_connector_offers_practice(tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path) as w:
            assert isinstance(w.connector, Practice)

    asyncio.run(run())
