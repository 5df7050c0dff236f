"""Reading the board."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from breakwater.networks import wire
from breakwater.networks.base import Account, Handle, Kit, Look, Parcel, Seen
from breakwater.networks.unable import Unable
from breakwater_lantern.errors import refusal


class LanternReader(Unable):
    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._client = client
        self._account = account
        self._kit = kit

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        seen = await self.read(parcel.record_key)
        return Look(exact=True, posts=(seen,) if seen else ())

    async def read(self, remote_id: str) -> Seen | None:
        response = await self._call("GET", f"/signals/{remote_id}", safe=True)
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        if not response.is_success:
            raise refusal(response, safe=True)
        return _seen(wire.body(response, safe=True))

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        response = await self._call("GET", "/signals", safe=True)
        if not response.is_success:
            raise refusal(response, safe=True)
        return tuple(map(_seen, wire.rows(response)[:limit]))

    async def _call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._account.secrets.get('key', '')}"}
        url = self._account.origin + path
        return await wire.call(self._client, method, url, headers=headers, **more)


def _seen(row: Mapping[str, Any]) -> Seen:
    return Seen(row["id"], "", row["text"], datetime.fromisoformat(row["at"]))
