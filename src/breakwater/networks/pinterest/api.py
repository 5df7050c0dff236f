"""Calls as one account, each counted by its rate limit category, every failure told apart."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit
from breakwater.networks.pinterest.errors import refusal
from breakwater.networks.pinterest.manifest import MANIFEST, READ, TRIAL, WRITE

PAGE = 250
PAGES = 20
"""Where a walk gives up: 5,000 things. Beyond it, absence proves nothing."""

Params = Mapping[str, str]
NONE: Params = {}


class Api:
    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit | None = None) -> None:
        self.client = client
        self._base = f"{MANIFEST.at(account.origin, 'api')}/v5"
        self._headers = {"authorization": f"Bearer {account.secrets.get('access_token', '')}"}
        self._kit = kit

    async def ask(self, path: str, params: Params = NONE, *, cost: str = READ) -> httpx.Response:
        """The answer to a GET, whatever its status."""
        await self._count(cost)
        url = self._base + path
        return await wire.call(
            self.client, "GET", url, safe=True, params=dict(params), headers=self._headers
        )

    async def get(self, path: str, params: Params = NONE, *, cost: str = READ) -> dict[str, Any]:
        """The object that was read."""
        response = await self.ask(path, params, cost=cost)
        if not response.is_success:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True)

    async def items(
        self, path: str, params: Params = NONE, *, page: int = PAGE
    ) -> AsyncIterator[list[dict[str, Any]]]:  # fmt: skip
        """Pages of a list, an empty one at its end; without that one it was not the end."""
        asked = {**params, "page_size": str(page)}
        for _ in range(PAGES):
            answer = await self.get(path, asked)
            rows = rows_of(answer)
            if rows:
                yield rows
            bookmark = answer.get("bookmark")
            if not bookmark or bookmark == asked.get("bookmark"):
                yield []
                return
            asked = {**asked, "bookmark": str(bookmark)}

    async def send(
        self, verb: str, path: str, body: Any = None, *, safe: bool = False
    ) -> httpx.Response:
        """The success of a write. safe: it can be made again at will, so doubt is TryLater."""
        await self._count(WRITE)
        url = self._base + path
        try:
            response = await wire.call(self.client, verb, url, headers=self._headers, json=body)
        except OutcomeUnknown as error:
            if not safe:
                raise
            raise TryLater(error.detail) from error
        if not response.is_success:
            raise refusal(response, safe=safe)
        return response

    async def _count(self, cost: str) -> None:
        if self._kit is None:
            return
        if self._kit.app.get("tier") == TRIAL:
            await self._kit.take(TRIAL)
        await self._kit.take(cost)


def rows_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = answer.get("items")
    if not isinstance(items, list):
        raise TryLater(f"no items in the answer: {sorted(answer)}")
    return [row for row in items if isinstance(row, dict)]
