"""Calls as one account: the version, the protocol, the token on each; every failure told apart."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx

from breakwater.domain.errors import OutcomeUnknown, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account
from breakwater.networks.linkedin.errors import refusal
from breakwater.networks.linkedin.manifest import MANIFEST, VERSION

PAGE = 50
PAGES = 20
"""Where a walk gives up: 1,000 things. Beyond it, absence proves nothing."""


class Api:
    """`path` begins with a slash and carries its own query: Rest.li wants commas and parentheses
    as they are, which no library leaves alone."""

    def __init__(self, client: httpx.AsyncClient, account: Account) -> None:
        self._client = client
        self._base = MANIFEST.at(account.origin, "api")
        self._token = account.secrets.get("access_token", "")

    async def ask(self, path: str, *, method: str = "") -> httpx.Response:
        """The answer to a GET, whatever its status. method: Rest.li's name of it (FINDER)."""
        return await wire.call(
            self._client, "GET", self._base + path, safe=True, headers=self._headers(method)
        )

    async def get(self, path: str, *, method: str = "") -> dict[str, Any]:
        """The object that was read."""
        response = await self.ask(path, method=method)
        if not response.is_success:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True)

    async def elements(
        self, path: str, *, method: str = "", page: int = PAGE
    ) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of a collection, an empty one at its end; without that one it was not the end."""
        sign = "&" if "?" in path else "?"
        for number in range(PAGES):
            where = f"{path}{sign}start={number * page}&count={page}"
            rows = rows_of(await self.get(where, method=method))
            yield rows
            if len(rows) < page:
                yield []
                return

    async def send(
        self, verb: str, path: str, body: Any = None, *, method: str = "", safe: bool = False
    ) -> httpx.Response:
        """The success of a write. safe: it can be made again at will, so doubt is TryLater."""
        try:
            response = await wire.call(
                self._client, verb, self._base + path, headers=self._headers(method), json=body
            )
        except OutcomeUnknown as error:
            if not safe:
                raise
            raise TryLater(error.detail) from error
        if not response.is_success:
            raise refusal(response, safe=safe)
        return response

    async def put_bytes(
        self, address: str, data: bytes | AsyncIterator[bytes], headers: dict[str, str]
    ) -> httpx.Response:
        """The answer of an upload address, whatever its status. It gets our token only where it
        is the network's own."""
        mine = {"authorization": f"Bearer {self._token}"} if self._is_own(address) else {}
        kind = {"content-type": "application/octet-stream"}
        try:
            return await wire.call(
                self._client, "PUT", address, content=data, headers={**kind, **mine, **headers}
            )
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error

    def _headers(self, method: str) -> dict[str, str]:
        return {
            "authorization": f"Bearer {self._token}",
            "linkedin-version": VERSION,
            "x-restli-protocol-version": "2.0.0",
            **({"x-restli-method": method} if method else {}),
        }

    def _is_own(self, address: str) -> bool:
        there, own = urlsplit(address), urlsplit(self._base)
        safe = there.scheme == "https" and (there.hostname or "").endswith(".linkedin.com")
        return safe or (there.scheme, there.netloc) == (own.scheme, own.netloc)


def made_id(response: httpx.Response) -> str:
    """Under which id a create was done, from its header; "" where it does not say."""
    headers = response.headers
    return str(headers.get("x-restli-id", "") or headers.get("x-linkedin-id", ""))


def rows_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    elements = answer.get("elements")
    if not isinstance(elements, list):
        raise TryLater(f"no elements in the answer: {sorted(answer)}")
    return [row for row in elements if isinstance(row, dict)]
