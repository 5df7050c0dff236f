"""Calls for one place: its posts and reviews (v4), its data and its figures (v1).

An account's remote id is `accounts/1/locations/2`; v1 knows the place as `locations/2`.
"""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from breakwater.domain.errors import Refused
from breakwater.networks.base import Account, Take
from breakwater.networks.google import Google, pages
from breakwater.networks.googlebusiness.errors import REASONS
from breakwater.networks.googlebusiness.manifest import MANIFEST

_STEP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_~=+-]*(:[A-Za-z]+)?")


class Api:
    """One place's calls, counted before they leave."""

    def __init__(self, client: httpx.AsyncClient, account: Account, take: Take) -> None:
        self._origin = account.origin
        self._take = take
        self.google = Google(client, account.secrets.get("access_token", ""), REASONS)
        self.parent = account.remote_id
        self.place = "locations/" + account.remote_id.rpartition("/")[2]

    async def read(self, call: str, path: str, **params: str) -> dict[str, Any]:
        """An object of v4."""
        await self._take(call)
        return await self.google.get(self.v4(path), **params)

    def pages(
        self, call: str, path: str, items: str, **params: str
    ) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of rows of v4, the last one empty. Each is counted."""

        async def read(token: Mapping[str, str]) -> dict[str, Any]:
            return await self.read(call, path, **params, **token)

        return pages(read, items)

    async def write(
        self, call: str, method: str, path: str, *, safe: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        """What a write of v4 answers. safe: it can be made again at will."""
        await self._take(call)
        return await self.google.send(method, self.v4(path), safe=safe, **kwargs)

    async def shown(self, mask: str) -> dict[str, Any]:
        """The place itself: the fields of `mask`."""
        await self._take("places.read")
        return await self.google.get(self._at("places", self.place), readMask=mask)

    async def change(self, mask: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of `mask` are the body's from now on."""
        await self._take("places.write")
        url = self._at("places", self.place)
        return await self.google.send("PATCH", url, params={"updateMask": mask}, json=dict(body))

    async def figures(self, params: list[tuple[str, str]]) -> dict[str, Any]:
        """Series of figures, day by day."""
        await self._take("performance.read")
        url = self._at("performance", f"{self.place}:fetchMultiDailyMetricsTimeSeries")
        response = await self.google.ask("GET", url, safe=True, params=params)
        return self.google.body(response, safe=True)

    def v4(self, path: str) -> str:
        """The address of something of this place. Raises: Refused("not_accepted") for anything else:
        ids are paths here, and a typed one must lead nowhere else."""
        within = path.removeprefix(f"{self.parent}/")
        if within == path or not all(_STEP.fullmatch(one) for one in within.split("/")):
            raise Refused("not_accepted", f"not of this place: {path[:100]!r}")
        return f"{self._origin}/v4/{path}"

    def _at(self, role: str, path: str) -> str:
        return f"{MANIFEST.at(self._origin, role)}/v1/{path}"
