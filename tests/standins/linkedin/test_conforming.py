"""The checks that every connector passes, on an organisation of the stand-in."""

import asyncio
from pathlib import Path

import httpx
import pytest

from breakwater.networks import linkedin
from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check, Subject
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.state import HARBOUR


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, linkedin_standin: LinkedInStandin) -> None:
    network = linkedin.build(Path())
    account = Account(
        HARBOUR, "harbour-cafe", linkedin_standin.origin, linkedin_standin.connected()
    )

    async def go() -> None:
        async with httpx.AsyncClient(transport=linkedin_standin.transport()) as client:
            await check(
                Subject(network.manifest, lambda kit: network.connector(client, account, kit))
            )

    asyncio.run(go())
