"""What every connector must pass: Bluesky on a real server, Mastodon on the stand-in.

The calls leave through the product's own guarded client; the origins are let through by setting.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from breakwater.core import http
from breakwater.domain.errors import Refused
from breakwater.networks import bluesky, mastodon
from breakwater.networks.base import Account, Network
from breakwater.networks.conformance import CHECKS, Check, Subject
from tests.peers.pds import Person

if TYPE_CHECKING:
    from tests.standins.mastodon import MastodonStandin

pytestmark = pytest.mark.slow
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


async def _passes(check: Check, network: Network, account: Account) -> None:
    async with http.client() as client:
        who = await network.auth(client).who(account)
        await check(
            Subject(
                network.manifest,
                lambda blobs: network.connector(client, account, blobs),
                limits=who.limits,
            )
        )


async def _signed_in(network: Network, person: Person) -> Account:
    async with http.client() as client:
        tokens = await network.auth(client).sign_in(
            person.pds.origin, {"handle": person.handle, "app_password": person.app_password}
        )
    return Account(person.did, person.handle, person.pds.origin, tokens)


@each_check
def test_bluesky_conforms_on_a_real_server(
    check: Check, pds_account: Callable[[str], Person], settings: Settings, tmp_path: Path
) -> None:
    person, network = pds_account("ann"), bluesky.build(tmp_path)
    settings.ALLOWED_ORIGINS = frozenset({person.pds.origin})

    async def run() -> None:
        await _passes(check, network, await _signed_in(network, person))

    asyncio.run(run())


@each_check
def test_mastodon_conforms_on_the_stand_in(
    check: Check, mastodon_standin: "MastodonStandin", settings: Settings, tmp_path: Path
) -> None:
    standin, network = mastodon_standin, mastodon.build(tmp_path)
    settings.ALLOWED_ORIGINS = frozenset({standin.origin})
    account = Account(
        standin.person("harbour").id, "@harbour@x", standin.origin, standin.connected()
    )

    asyncio.run(_passes(check, network, account))


def test_the_guard_stands_before_them(
    pds_account: Callable[[str], Person], settings: Settings, tmp_path: Path
) -> None:
    person = pds_account("ann")
    settings.ALLOWED_ORIGINS = frozenset()

    with pytest.raises(Refused) as refused:
        asyncio.run(_signed_in(bluesky.build(tmp_path), person))

    assert refused.value.reason == "address_refused"
