"""Calls to one AT Protocol server (https://atproto.com/specs/xrpc), by the name of the method."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown
from breakwater.networks import wire
from breakwater.networks.bluesky.errors import harmless, refusal

Param = str | int | Sequence[str]


@dataclass(frozen=True)
class Server:
    """origin: scheme://host[:port]. token: a JWT for the Authorization header, or none.
    proxy: DID and service that this server is to hand the call on to (atproto-proxy)."""

    client: httpx.AsyncClient
    origin: str
    token: str = ""
    proxy: str = ""

    async def query(self, method: str, **params: Param) -> dict[str, Any]:
        """A read: the JSON object it gives. Raises: what `refusal` makes of anything else."""
        return wire.body(await self.read(method, **params), safe=True)

    async def read(self, method: str, **params: Param) -> httpx.Response:
        """The same, with its headers."""
        response = await self.asked(method, **params)
        if not response.is_success:
            raise refusal(response, safe=True)
        return response

    async def asked(self, method: str, **params: Param) -> httpx.Response:
        """A read: the response, whatever its status."""
        return await wire.call(
            self.client, "GET", self._url(method), safe=True, params=params, headers=self._headers()
        )

    async def told(self, method: str, payload: Mapping[str, Any]) -> httpx.Response:
        """A write: the response, whatever its status. Raises as `wire.call` does."""
        return await wire.call(
            self.client, "POST", self._url(method), json=payload, headers=self._headers()
        )

    async def again(
        self,
        method: str,
        *,
        payload: Mapping[str, Any] | None = None,
        content: bytes | AsyncIterator[bytes] | None = None,
        mime: str = "",
        size: int = 0,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """A write that does no harm when it is made twice: nothing of it is OutcomeUnknown.

        size: how many bytes `content` gives, where it comes in pieces.
        Returns the response if it is a success; raises what `refusal` makes of another.
        """
        headers = self._headers() | ({"Content-Type": mime} if mime else {})
        headers |= {"Content-Length": str(size)} if size else {}
        try:
            response = await wire.call(
                self.client,
                "POST",
                self._url(method),
                json=payload,
                content=content,
                headers=headers,
                params=params,
            )
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        return response

    def _url(self, method: str) -> str:
        return f"{self.origin}/xrpc/{method}"

    def _headers(self) -> dict[str, str]:
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return known | ({"atproto-proxy": self.proxy} if self.proxy else {})
