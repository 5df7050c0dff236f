"""What every connector must pass, on the stand-in. No picture of a place has a description."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from breakwater.networks.conformance import CHECKS, Check, Subject
from breakwater.networks.googlebusiness.manifest import LIMITS
from tests.standins.base.calling import Calling
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.calling import NETWORK


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_google_business_conforms_on_the_stand_in(
    check: Check, standin: BusinessStandin, desk: Calling
) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=standin.transport()) as client:
            await check(
                Subject(
                    NETWORK.manifest,
                    lambda kit: NETWORK.connector(
                        client, desk.account, replace(kit, address=desk._kit().address)
                    ),
                    standin.now,
                    replace(LIMITS, pictures=0),
                )
            )

    asyncio.run(run())
