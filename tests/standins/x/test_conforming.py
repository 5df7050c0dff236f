"""The connector passes what every connector must pass, on the stand-in."""

import asyncio

import httpx
import pytest

from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check, Subject
from tests.standins.x import XStandin
from tests.standins.x.calling import NETWORK


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, x_standin: XStandin) -> None:
    person = x_standin.person("harbour")
    account = Account(person.id, "@harbour", x_standin.origin, x_standin.connected())

    async def run() -> None:
        async with httpx.AsyncClient(transport=x_standin.transport()) as client:
            await check(
                Subject(
                    NETWORK.manifest,
                    lambda kit: NETWORK.connector(client, account, kit),
                    now=x_standin.now,
                )
            )

    asyncio.run(run())
