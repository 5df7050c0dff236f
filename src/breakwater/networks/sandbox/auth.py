"""Signing in at the harbour: whoever names an account has it."""

from collections.abc import Mapping

import httpx

from breakwater.domain.errors import Reconnect
from breakwater.networks import wire
from breakwater.networks.base import Account, Secrets, Who
from breakwater.networks.sandbox.errors import error_of
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.unable import UnableAuth


class HarbourAuth(UnableAuth):
    """The secrets are {"token", "class"}: the class travels along, and a renewal brings the
    present one."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        del app  # the administrator has no keys to give here
        self._client = client

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        """The account of that name, made if it is new."""
        wish = {
            "name": fields.get("name", ""),
            "class": fields.get("class") or str(MANIFEST.guarantee),
            "language": fields.get("language") or "en",
        }
        response = await wire.call(
            self._client, "POST", f"{origin}/api/accounts", json=wish, safe=True
        )
        return _secrets(response)

    async def who(self, account: Account) -> Who:
        response = await wire.call(
            self._client,
            "GET",
            f"{account.origin}/api/me",
            headers={"authorization": f"Bearer {account.secrets.get('token', '')}"},
            safe=True,
        )
        if not response.is_success:
            raise error_of(response, safe=True)
        me = wire.body(response, safe=True)
        return Who(str(me.get("id", "")), str(me.get("handle", "")), str(me.get("name", "")))

    async def refresh(self, account: Account) -> Secrets:
        return _secrets(await self._token(account, "POST"))

    async def revoke(self, account: Account) -> None:
        await self._token(account, "DELETE")

    async def _token(self, account: Account, method: str) -> httpx.Response:
        response = await wire.call(
            self._client,
            method,
            f"{account.origin}/api/token",
            headers={"authorization": f"Bearer {account.secrets.get('token', '')}"},
        )
        if not response.is_success:
            raise error_of(response)
        return response


def _secrets(response: httpx.Response) -> Secrets:
    if not response.is_success:
        raise error_of(response)
    made = wire.body(response)
    if not isinstance(made.get("token"), str):
        raise Reconnect(f"no token: {wire.excerpt(response)}")
    return {"token": made["token"], "class": str(made.get("class", ""))}
