"""Deeds on X: like, hide an answer, mute, unfollow. What X does not give to apps says so."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Account, Act, Deed, Sent
from breakwater.networks.x.api import Api
from breakwater.networks.x.inbound import Reader, next_token, posts_of

_PAGES = 5
"""How far a look for a like goes back: 500 likes."""


class Deeds:
    """All of them can be repeated at will, so doubt is TryLater."""

    def __init__(self, api: Api, reader: Reader, account: Account) -> None:
        self._api = api
        self._reader = reader
        self._me = f"/2/users/{quote(account.remote_id, safe='')}"

    async def do(self, act: Act) -> Sent:
        target = quote(act.target, safe="")
        ways: Mapping[Deed, Callable[[], Awaitable[dict[str, Any]]]] = {
            Deed.LIKE: lambda: self._post("like", f"{self._me}/likes", tweet_id=act.target),
            Deed.UNLIKE: lambda: self._undo("unlike", f"{self._me}/likes/{target}"),
            Deed.HIDE: lambda: self._hide(target, hidden=True),
            Deed.UNHIDE: lambda: self._hide(target, hidden=False),
            Deed.MUTE: lambda: self._post("mute", f"{self._me}/muting", target_user_id=act.target),
            Deed.UNMUTE: lambda: self._undo("unmute", f"{self._me}/muting/{target}"),
            Deed.UNFOLLOW: lambda: self._undo("unfollow", f"{self._me}/following/{target}"),
        }
        way = ways.get(act.deed)
        if way is None:
            raise Unsupported(f"X gives apps no way to {act.deed}")
        await way()
        return Sent("")

    async def done(self, act: Act) -> bool:
        match act.deed:
            case Deed.LIKE | Deed.UNLIKE:
                liked = await self._likes(act.target)
                return liked if act.deed is Deed.LIKE else not liked
            case Deed.MUTE | Deed.UNMUTE:
                muted = "muting" in await self._reader.stands_to(act.target)
                return muted if act.deed is Deed.MUTE else not muted
            case Deed.UNFOLLOW:
                return "following" not in await self._reader.stands_to(act.target)
            case _:
                raise Unsupported(f"X does not show whether there was a {act.deed}")

    async def _likes(self, post: str) -> bool:
        params = {"max_results": "100"}
        for _ in range(_PAGES):
            answer = await self._api.get("likes", f"{self._me}/liked_tweets", **params)
            rows, token = posts_of(answer), next_token(answer)
            await self._api.paid("read_own", rows)
            if any(row["id"] == post for row in rows):
                return True
            if not token:
                return False
            params["pagination_token"] = token
        raise Unsupported("more likes since then than are looked through")

    async def _post(self, call: str, path: str, **fields: str) -> dict[str, Any]:
        return await self._api.repeatable(call, "POST", path, json=fields)

    async def _undo(self, call: str, path: str) -> dict[str, Any]:
        """What is not there is undone."""
        try:
            return await self._api.repeatable(call, "DELETE", path)
        except Refused as error:
            if error.reason != "not_there":
                raise
            return {}

    async def _hide(self, target: str, *, hidden: bool) -> dict[str, Any]:
        path = f"/2/tweets/{target}/hidden"
        return await self._api.repeatable("hide", "PUT", path, json={"hidden": hidden})
