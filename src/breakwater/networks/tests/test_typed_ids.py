"""An id cannot change the path or the query that it is written into."""

import asyncio

import httpx
import pytest

from breakwater.domain.errors import Refused
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit
from breakwater.networks.facebook.calls import Page
from breakwater.networks.facebook.inbound import Reader
from breakwater.networks.googlebusiness.calls import Api
from breakwater.networks.graph import Graph

CROOKED = [
    "1?fields=access_token",
    "1/accounts",
    "1&a=b",
    "1#x",
    "..",
    "1/../me",
    "%2e%2e",
    "1 2",
    "",
]


class Deaf(httpx.AsyncBaseTransport):
    """Counts what reaches it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return httpx.Response(200, json={"id": "1"})


@pytest.fixture
def deaf() -> Deaf:
    return Deaf()


async def _unread(_: str) -> bytes:
    raise AssertionError


async def _uncounted(*_: object) -> None:
    return None


def account(remote_id: str) -> Account:
    return Account(remote_id, "quay", "https://quay.example", {"access_token": "secret"})


@pytest.mark.parametrize("crooked", CROOKED)
def test_what_is_no_id_is_refused(crooked: str) -> None:
    with pytest.raises(Refused):
        wire.plain_id(crooked)


@pytest.mark.parametrize("known", ["1001_2002", "m_abc-D1", "18012345678901234", "mid.$cAAB:x"])
def test_an_id_stays_as_it_is(known: str) -> None:
    assert wire.plain_id(known) == known


@pytest.mark.parametrize("crooked", [one for one in CROOKED if one])
def test_a_graph_reads_nothing_by_a_crooked_id(deaf: Deaf, crooked: str) -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=deaf) as client:
            page = Page(client, account("1001"), Kit(read=_unread))
            await Reader(page).read(crooked)

    with pytest.raises(Refused) as refused:
        asyncio.run(read())

    assert refused.value.reason == "not_accepted"
    assert deaf.asked == []


@pytest.mark.parametrize("path", ["1?fields=a", "1/../me", "..", "1#x", "1%zz", "a b"])
def test_a_graph_calls_no_path_that_is_none(deaf: Deaf, path: str) -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=deaf) as client:
            await Graph(client, "https://quay.example/v1", "secret", {}).get(path)

    with pytest.raises(Refused):
        asyncio.run(read())

    assert deaf.asked == []


@pytest.mark.parametrize(
    "path",
    [
        "accounts/1/locations/9/localPosts/3", "accounts/1/locations/2/localPosts/3?x=1",
        "accounts/1/locations/2/../9/reviews/1", "accounts/1/locations/2/", "accounts/1/locations/2",
        "accounts/1/locations/2/localPosts/3%2f..", "accounts/1/locations/22/localPosts/3",
    ],
)  # fmt: skip
def test_a_place_reads_nothing_of_another(deaf: Deaf, path: str) -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=deaf) as client:
            await Api(client, account("accounts/1/locations/2"), _uncounted).read(
                "posts.read", path
            )

    with pytest.raises(Refused):
        asyncio.run(read())

    assert deaf.asked == []
