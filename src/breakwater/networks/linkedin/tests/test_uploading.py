"""Upload addresses are the network's to name; our token is not theirs to send anywhere."""

import asyncio

import httpx
import pytest

from breakwater.networks.base import Account
from breakwater.networks.linkedin.api import Api
from breakwater.networks.linkedin.manifest import MANIFEST

ACCOUNT = Account(
    "urn:li:person:7", "@quay", MANIFEST.default_origin, {"access_token": "kelp-lantern-7"}
)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("https://www.linkedin.com/dms-uploads/1", True),
        (f"{MANIFEST.at(MANIFEST.default_origin, 'api')}/1", True),
        ("http://www.linkedin.com/dms-uploads/1", False),
        ("https://linkedin.com.elsewhere.example/1", False),
        ("https://elsewhere.example/1?.linkedin.com", False),
        ("https://evil-linkedin.com/1", False),
    ],
)
def test_the_token_goes_to_the_network_alone_and_never_in_the_open(
    address: str, ours: bool
) -> None:
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("authorization"))
        return httpx.Response(201)

    async def put() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            await Api(client, ACCOUNT).put_bytes(address, b"film", {})

    asyncio.run(put())

    assert sent == ["Bearer kelp-lantern-7" if ours else None]
