"""Signing in to Google Business Profile: Google's door; one sign-in opens all places of a person."""

from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Account, Candidate, Secrets, Who
from breakwater.networks.google import Google, pages
from breakwater.networks.google_door import GoogleDoor
from breakwater.networks.googlebusiness.errors import REASONS
from breakwater.networks.googlebusiness.manifest import KIND_PLACE, MANIFEST

_MASK = "name,title,storefrontAddress,metadata"


class BusinessAuth(GoogleDoor):
    """See `base.Auth`."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        super().__init__(client, app or {}, MANIFEST)

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """Every place of every account that the person may manage."""
        google = self._google(secrets)
        found: list[Candidate] = []
        for account in await _all(google, f"{self._at(origin, 'accounts')}/accounts", "accounts"):
            parent = str(account.get("name") or "")
            url = f"{self._at(origin, 'places')}/{parent}/locations"
            places = await _all(google, url, "locations", readMask=_MASK, pageSize="100")
            found += [Candidate(_who(parent, place), secrets, KIND_PLACE) for place in places]
        return tuple(found)

    async def who(self, account: Account) -> Who:
        """The place of this account."""
        parent, _, place = account.remote_id.partition("/locations/")
        if not place:
            raise Refused("wrong_account", f"not a place: {account.remote_id!r}")
        url = f"{self._at(account.origin, 'places')}/locations/{place}"
        return _who(parent, await self._google(account.secrets).get(url, readMask=_MASK))

    def _google(self, secrets: Secrets) -> Google:
        return Google(self._client, secrets.get("access_token", ""), REASONS)

    def _at(self, origin: str, role: str) -> str:
        return f"{MANIFEST.at(origin, role)}/v1"


async def _all(google: Google, url: str, items: str, **params: str) -> list[dict[str, Any]]:
    """The rows of all pages."""

    async def read(token: Any) -> dict[str, Any]:
        return await google.get(url, **params, **token)

    return [row async for page in pages(read, items) for row in page]


def _who(parent: str, place: dict[str, Any]) -> Who:
    name, title = str(place.get("name") or ""), str(place.get("title") or "")
    if not name.startswith("locations/"):
        raise TryLater(f"no place in the answer: {sorted(place)}")
    town = str((place.get("storefrontAddress") or {}).get("locality") or "")
    return Who(
        remote_id=f"{parent}/{name}",
        handle=", ".join(part for part in (title, town) if part) or name,
        name=title or name,
        url=str((place.get("metadata") or {}).get("mapsUri") or ""),
    )
