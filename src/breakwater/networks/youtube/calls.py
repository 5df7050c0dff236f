"""Calls of the YouTube Data API by their own names (`videos.update`), counted before they leave.

Names and paths: discovery document youtube v3, revision 20261104 (Apache-2.0).
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from breakwater.networks.base import Account, Take
from breakwater.networks.google import Google, pages
from breakwater.networks.youtube.errors import REASONS
from breakwater.networks.youtube.manifest import MANIFEST

_METHODS: Mapping[str, tuple[str, str]] = {
    "list": ("GET", ""),
    "insert": ("POST", ""),
    "update": ("PUT", ""),
    "delete": ("DELETE", ""),
    "set": ("POST", "/set"),
    "bind": ("POST", "/bind"),
    "setModerationStatus": ("POST", "/setModerationStatus"),
}
_PATHS = {"liveChatMessages": "liveChat/messages", "liveChatBans": "liveChat/bans"}


class Api:
    """One channel's calls."""

    def __init__(self, client: httpx.AsyncClient, account: Account, take: Take) -> None:
        self.client = client
        self.origin = account.origin
        self._take = take
        self.google = Google(client, account.secrets.get("access_token", ""), REASONS)

    async def page(self, what: str, **params: str) -> dict[str, Any]:
        """One page of a resource."""
        await self._take(f"{what}.list")
        return await self.google.get(self.address(f"{what}.list")[1], **params)

    async def items(self, what: str, **params: str) -> list[dict[str, Any]]:
        """The rows of one page."""
        answer = await self.page(what, **params)
        return [row for row in answer.get("items") or [] if isinstance(row, dict)]

    def pages(self, what: str, **params: str) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of rows, the last one empty. Each is counted."""

        async def read(token: Mapping[str, str]) -> dict[str, Any]:
            return await self.page(what, **params, **token)

        return pages(read, "items")

    async def write(
        self, call: str, params: Mapping[str, str], *, safe: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        """What the call answers. safe: it can be made again at will."""
        await self._take(call)
        method, url = self.address(call)
        return await self.google.send(method, url, safe=safe, params=dict(params), **kwargs)

    async def upload(self, call: str, params: Mapping[str, str], **kwargs: Any) -> httpx.Response:
        """The answer to a call that carries a file, whatever its status."""
        await self._take(call)
        method, url = self.address(call, "/upload")
        return await self.google.ask(method, url, params=dict(params), **kwargs)

    def address(self, call: str, before: str = "") -> tuple[str, str]:
        """Method and URL of a call."""
        what, _, how = call.partition(".")
        method, tail = _METHODS[how]
        return method, f"{self.origin}{before}/youtube/v3/{_PATHS.get(what, what)}{tail}"

    @property
    def analytics(self) -> str:
        """Where figures are asked for."""
        return f"{MANIFEST.at(self.origin, 'analytics')}/v2/reports"

    @property
    def hub(self) -> str:
        """Where pushes are asked for."""
        return f"{MANIFEST.at(self.origin, 'hub')}/subscribe"
