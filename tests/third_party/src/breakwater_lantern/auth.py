"""Whoever has the key has the board."""

from collections.abc import Mapping

import httpx

from breakwater.networks import wire
from breakwater.networks.base import Account, Secrets, Who
from breakwater.networks.unable import UnableAuth
from breakwater_lantern.errors import refusal


class LanternAuth(UnableAuth):
    def __init__(self, client: httpx.AsyncClient, app: Secrets) -> None:
        del app
        self._client = client

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        secrets = {"key": fields.get("key", "")}
        await self.who(Account("", "", origin, secrets))
        return secrets

    async def who(self, account: Account) -> Who:
        headers = {"authorization": f"Bearer {account.secrets.get('key', '')}"}
        url = f"{account.origin}/board"
        response = await wire.call(self._client, "GET", url, safe=True, headers=headers)
        if not response.is_success:
            raise refusal(response, safe=True)
        board = wire.body(response, safe=True)
        return Who(str(board["id"]), str(board["name"]), str(board["name"]))
