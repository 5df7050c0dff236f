"""Calls to one AT Protocol server (https://atproto.com/specs/xrpc), by the name of the method."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown
from breakwater.networks import wire
from breakwater.networks.bluesky.errors import harmless, refusal


@dataclass(frozen=True)
class Server:
    """origin: scheme://host[:port]. token: a JWT for the Authorization header, or none."""

    client: httpx.AsyncClient
    origin: str
    token: str = ""

    async def query(self, method: str, **params: str | int) -> dict[str, Any]:
        """A read: the JSON object it gives. Raises: what `refusal` makes of anything else."""
        response = await self.asked(method, **params)
        if not response.is_success:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True)

    async def asked(self, method: str, **params: str | int) -> httpx.Response:
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
        content: bytes | None = None,
        mime: str = "",
    ) -> httpx.Response:
        """A write that does no harm when it is made twice: nothing of it is OutcomeUnknown.

        Returns the response if it is a success; raises what `refusal` makes of another.
        """
        headers = self._headers() | ({"Content-Type": mime} if mime else {})
        try:
            response = await wire.call(
                self.client,
                "POST",
                self._url(method),
                json=payload,
                content=content,
                headers=headers,
            )
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        return response

    def _url(self, method: str) -> str:
        return f"{self.origin}/xrpc/{method}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}
