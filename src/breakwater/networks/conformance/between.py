"""A transport between a connector and any server that spoils the next commit as it is told: for
real servers, which do not fail on demand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from breakwater.networks.conformance.subject import Server

_PAGE = "<!doctype html><title>Just a moment…</title>"


@dataclass(frozen=True)
class _Spoilt:
    """accepted: the call is carried on all the same. status: of the answer; 0: none comes."""

    accepted: bool
    status: int = 0


class Between(httpx.AsyncBaseTransport):
    """commits: whether a request is the one that publishes."""

    def __init__(
        self, transport: httpx.AsyncBaseTransport, commits: Callable[[httpx.Request], bool]
    ) -> None:
        self._transport = transport
        self._commits = commits
        self._next: _Spoilt | None = None

    def server(self, **more: Any) -> Server:
        """What can be told from here, and what the server itself can be told."""
        return Server(
            drop_next_reply=lambda: self._plan(_Spoilt(accepted=True)),
            fail_next=lambda status, accepted: self._plan(_Spoilt(accepted, status)),
            page_next=lambda: self._plan(_Spoilt(accepted=True, status=httpx.codes.OK)),
            throttle_next=lambda: self._plan(
                _Spoilt(accepted=False, status=httpx.codes.TOO_MANY_REQUESTS)
            ),
            **more,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._next is None or not self._commits(request):
            return await self._transport.handle_async_request(request)
        spoilt, self._next = self._next, None
        if spoilt.accepted:
            response = await self._transport.handle_async_request(request)
            await response.aread()
            await response.aclose()
        if not spoilt.status:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        return httpx.Response(spoilt.status, html=_PAGE, request=request)

    async def aclose(self) -> None:
        await self._transport.aclose()

    def _plan(self, spoilt: _Spoilt) -> None:
        self._next = spoilt
