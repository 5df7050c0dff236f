"""The stream of an account (server-sent events): what comes, as it comes.

An instance names the address in its description and answers there with text/event-stream; lines
that begin with ":" keep the connection open, every 15 seconds
(https://docs.joinmastodon.org/methods/streaming/, read 2026-11-28). Relatives of Mastodon often
have none, or one over WebSocket alone: that is Unsupported, and the inbox is asked instead.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import EgressRefused, Refused, TryLater, Unsupported
from breakwater.networks.base import Account, Arrived, Author, What
from breakwater.networks.mastodon.arriving import arrived, is_about_us, notified
from breakwater.networks.mastodon.errors import refusal
from breakwater.networks.mastodon.inbound import Reader, bearer

QUIET = httpx.Timeout(connect=10, read=60, write=20, pool=10)
"""Seconds. Four heartbeats that do not come are an end."""

_ABSENT = (404, 405, 406, 410, 426, 501)


async def follow(
    client: httpx.AsyncClient, account: Account, reader: Reader
) -> AsyncIterator[Arrived]:
    """Until the instance ends it, is silent for a minute, or the caller has enough.

    Raises: Unsupported where there is no such stream; TryLater where it does not open.
    """
    url = f"{await _address(reader, account.origin)}/api/v1/streaming/user"
    opened = False
    try:
        async with client.stream("GET", url, headers=bearer(account), timeout=QUIET) as response:
            await _check(response)
            opened = True
            async for event, data in _events(response):
                for one in _told(event, data, account.remote_id, _began(response)):
                    yield one
    except EgressRefused as error:
        raise Refused("address_refused", str(error)) from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        if not opened:
            raise TryLater(f"{type(error).__name__}: {error}") from error


async def _address(reader: Reader, origin: str) -> str:
    """Where the instance says that its stream is. Never in the clear where it is not itself."""
    said = ""
    for version, place in (
        ("v2", ("configuration", "urls", "streaming")),
        ("v1", ("urls", "streaming_api")),
    ):
        response = await reader.get(f"/api/{version}/instance")
        said = said or _at(response, place)
        if said:
            break
    scheme, _, rest = said.partition("://")
    plain = {"ws": "http", "wss": "https"}.get(scheme, scheme)
    if (
        not rest
        or plain not in ("http", "https")
        or (plain == "http" and origin.startswith("https"))
    ):
        raise Unsupported(f"no stream that we can use: {said!r}")
    return f"{plain}://{rest.rstrip('/')}"


def _at(response: httpx.Response, place: tuple[str, ...]) -> str:
    try:
        found: Any = response.json()
        for name in place:
            found = found[name]
    except (ValueError, KeyError, TypeError):
        return ""
    return found if isinstance(found, str) else ""


async def _check(response: httpx.Response) -> None:
    kind = response.headers.get("content-type", "")
    if response.is_success and kind.startswith("text/event-stream"):
        return
    await response.aread()
    if response.is_success or response.status_code in _ABSENT:
        raise Unsupported(f"no stream of events: {response.status_code} {kind}")
    raise refusal(response, safe=True)


def _began(response: httpx.Response) -> datetime:
    try:
        return parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


async def _events(response: httpx.Response) -> AsyncIterator[tuple[str, str]]:
    """(event, data) of each event; comments are left out."""
    event = ""
    data: list[str] = []
    async for line in response.aiter_lines():
        name, _, value = line.partition(":")
        if not line and event:
            yield event, "\n".join(data)
        if not line:
            event, data = "", []
        elif name == "event":
            event = value.strip()
        elif name == "data":
            data.append(value.removeprefix(" "))


def _told(event: str, data: str, me: str, began: datetime) -> Iterator[Arrived]:
    """What an event means to us; nothing where it is none of our business or makes no sense.

    A deletion carries no time: it is dated to the beginning of the stream.
    """
    if event == "delete":
        if data.strip():
            yield Arrived(What.GONE, data.strip(), began, Author(""))
        return
    value = _object(data)
    try:
        if event == "notification" and (one := notified(value, me)):
            yield one
        elif event in ("update", "status.update") and is_about_us(value, me):
            yield arrived(value, me)
    except TryLater:
        return  # half an event of a sick instance is no reason to leave the stream


def _object(data: str) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
