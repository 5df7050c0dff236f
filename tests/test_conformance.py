"""What every connector must pass, on a real server (Bluesky's). On stand-ins it is asked in
tests/standins/*/test_conforming.py, where each line of a manifest has to be shown.

The calls leave through the product's own guarded client; the origins are let through by setting.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings

from breakwater.core import http
from breakwater.core.egress.dialling import resolve
from breakwater.core.egress.transport import GuardedTransport
from breakwater.domain.errors import Refused
from breakwater.domain.tid import tid
from breakwater.networks import bluesky
from breakwater.networks.base import Account, Kit, Network, Parcel
from breakwater.networks.conformance import CHECKS, Between, Check, Said, Subject
from tests.peers.pds import Person

pytestmark = pytest.mark.slow
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


async def _passes(
    check: Check, network: Network, account: Account, commit: str, **server: Any
) -> None:
    """commit: path of the one call that publishes. server: what it can be told to do."""
    guarded = GuardedTransport(
        resolve=resolve, allowed=settings.ALLOWED_ORIGINS, apps={}, fresh=False
    )
    between = Between(guarded, lambda call: (call.method, call.url.path) == ("POST", commit))
    async with http.client_over(between) as client:
        who = await network.auth(client, {}).who(account)
        told = between.server(**server)
        await check(Subject.of(network, client, account, limits=who.limits, server=told))


async def _signed_in(network: Network, person: Person) -> Account:
    async with http.client() as client:
        tokens = await network.auth(client, {}).sign_in(
            person.pds.origin, {"handle": person.handle, "app_password": person.app_password}
        )
    return Account(person.did, person.handle, person.pds.origin, tokens)


async def _reply(network: Network, stranger: Account, post: str, text: str) -> Said:
    key = tid(datetime.now(UTC), secrets.randbelow(1024))
    said = Parcel(key, key, datetime.now(UTC), text, reply_to=post)

    async def nothing(_: Any) -> bytes:
        return b""

    async def keep(_: Any) -> None: ...

    async with http.client() as client:
        bob = network.connector(client, stranger, Kit(nothing))
        sent = await bob.commit(said, await bob.prepare(said, {}, keep))
    return Said(sent.remote_id, stranger.remote_id)


@each_check
def test_bluesky_conforms_on_a_real_server(
    check: Check, pds_account: Callable[[str], Person], settings: Settings, tmp_path: Path
) -> None:
    person, network = pds_account("ann"), bluesky.build(tmp_path)
    settings.ALLOWED_ORIGINS = frozenset({person.pds.origin})

    async def run() -> None:
        account = await _signed_in(network, person)

        async def comments(post: str, text: str) -> Said:
            bob = pds_account("bob")
            return await _reply(network, await _signed_in(network, bob), post, text)

        put = "/xrpc/com.atproto.repo.putRecord"
        await _passes(check, network, account, put, stranger_comments=comments)

    asyncio.run(run())


def test_the_guard_stands_before_them(
    pds_account: Callable[[str], Person], settings: Settings, tmp_path: Path
) -> None:
    person = pds_account("ann")
    settings.ALLOWED_ORIGINS = frozenset()

    with pytest.raises(Refused) as refused:
        asyncio.run(_signed_in(bluesky.build(tmp_path), person))

    assert refused.value.reason == "address_refused"
