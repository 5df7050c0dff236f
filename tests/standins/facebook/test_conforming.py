"""What every connector must pass, on the stand-in."""

import asyncio
from pathlib import Path

import httpx
import pytest

from breakwater.networks import facebook
from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check, Kit, Subject
from tests.standins.facebook import FacebookStandin


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_page_conforms_on_the_stand_in(
    check: Check, facebook_in_process: FacebookStandin
) -> None:
    standin, network = facebook_in_process, facebook.build(Path())
    account = Account(standin.page.id, "harbourcafe", standin.origin, standin.connected())

    async def run() -> None:
        async with httpx.AsyncClient(transport=standin.transport(), timeout=5) as client:
            await check(
                Subject(
                    network.manifest,
                    lambda kit: network.connector(
                        client, account, Kit(read=kit.read, app=standin.keys())
                    ),
                )
            )

    asyncio.run(run())
