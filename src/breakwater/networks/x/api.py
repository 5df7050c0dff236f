"""Calls to the API of X as one account, and what each of them costs."""

from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit
from breakwater.networks.x.errors import refusal
from breakwater.networks.x.manifest import MANIFEST


class Api:
    """One account's calls. token: another than the account's own (the app's)."""

    def __init__(
        self, client: httpx.AsyncClient, account: Account, kit: Kit, token: str = ""
    ) -> None:
        self._client = client
        self._kit = kit
        self._base = MANIFEST.at(account.origin, "api")
        self._token = token or account.secrets.get("access_token", "")

    async def get(self, call: str, path: str, **params: str) -> dict[str, Any]:
        """The object that was read. Raises: what the refusal means."""
        response = await self.ask(call, path, **params)
        if not response.is_success:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True)

    async def ask(self, call: str, path: str, **params: str) -> httpx.Response:
        """The answer to a GET, whatever its status."""
        await self._kit.take(call)
        return await self._send("GET", path, safe=True, params=params)

    async def write(
        self, call: str, method: str, path: str, json: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """One request that publishes, sends or deletes: its answer, whatever the status."""
        await self._kit.take(call)
        return await self._send(method, path, json=json)

    async def repeatable(self, call: str, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
        """What a write gave that can be made again at will: doubt means later. {} for no body."""
        await self._kit.take(call)
        try:
            response = await self._send(method, path, **kwargs)
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True) if response.content else {}

    async def paid(self, resource: str, read: Iterable[object]) -> None:
        """Counts what a read brought: reads are paid by the piece. It is paid already, so a cap
        that is reached by it holds back the next call, not this one's answer."""
        if pieces := sum(1 for _ in read):
            await self._kit.paid(resource, pieces)

    async def _send(
        self, method: str, path: str, *, safe: bool = False, **kwargs: Any
    ) -> httpx.Response:
        return await wire.call(
            self._client,
            method,
            f"{self._base}{path}",
            safe=safe,
            headers={"Authorization": f"Bearer {self._token}"},
            **{name: value for name, value in kwargs.items() if value is not None},
        )
