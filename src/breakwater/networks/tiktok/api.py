"""Calls of one account to TikTok's API: counted, with the account's token, answers opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit
from breakwater.networks.tiktok.errors import code_of, refusal
from breakwater.networks.tiktok.manifest import MANIFEST


@dataclass(frozen=True)
class Answer:
    """data: of a success. at: TikTok's own clock when it answered (None: it did not say).
    detail: for the ledger."""

    data: Mapping[str, Any]
    at: datetime | None
    detail: str


class Api:
    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit | None = None) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self.base = MANIFEST.at(account.origin, "api")

    async def ask(self, cost: str, path: str, fields: str = "") -> Answer:
        """What a GET gives. fields: which ones, with commas."""
        return await self._call(cost, "GET", path, safe=True, fields=fields)

    async def post(
        self,
        cost: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        fields: str = "",
        safe: bool = True,
    ) -> Answer:
        """What a POST gives. safe: nothing public can come of it; all but one are so."""
        return await self._call(cost, "POST", path, safe=safe, fields=fields, body=body)

    async def _call(
        self,
        cost: str,
        method: str,
        path: str,
        *,
        safe: bool,
        fields: str,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        if self._kit is not None:
            await self._kit.take(cost)
        response = await wire.call(
            self._client, method, f"{self.base}/v2/{path}/",
            safe=safe,
            params={"fields": fields} if fields else {},
            headers=self._headers(method),
            **({"json": dict(body or {})} if method == "POST" else {}),
        )  # fmt: skip
        if not response.is_success or code_of(response) != "ok":
            raise _what_is_wrong(response, safe=safe)
        data = wire.body(response, safe=safe).get("data")
        return Answer(data if isinstance(data, dict) else {}, at(response), wire.excerpt(response))

    def _headers(self, method: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._account.secrets.get('access_token', '')}"}
        if method == "POST":
            headers["Content-Type"] = "application/json; charset=UTF-8"
        return headers


def at(response: httpx.Response) -> datetime | None:
    """When the server sent it, by its own clock."""
    try:
        return parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return None


def _what_is_wrong(response: httpx.Response, *, safe: bool) -> NetworkError:
    if response.is_success and not code_of(response):
        wire.body(response, safe=safe)  # a page that is no JSON says so itself
    return refusal(response, safe=safe)
