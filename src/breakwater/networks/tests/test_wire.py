"""One request: where its body goes, and where it does not."""

import asyncio

import httpx
import pytest

from breakwater.networks import wire


@pytest.mark.parametrize("status", [301, 307, 308])
@pytest.mark.parametrize("safe", [False, True])
def test_what_is_sent_goes_nowhere_but_where_it_was_addressed(status: int, safe: bool) -> None:
    """Some networks take the token in the body: it must not follow a redirect to a foreign host."""
    called = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request.url.host)
        return httpx.Response(status, headers={"location": "https://elsewhere.example/"})

    async def call() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            return await wire.call(
                client, "POST", "https://network.example/", safe=safe, data={"access_token": "kelp"}
            )

    assert asyncio.run(call()).status_code == status
    assert called == ["network.example"]
