"""What is done to posts and people: each one call, and all but a report may be repeated at will."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, Unsupported
from breakwater.networks import wire
from breakwater.networks.base import Account, Act, Deed, Kit, People, Sent
from breakwater.networks.mastodon.arriving import author_of
from breakwater.networks.mastodon.errors import harmless, refusal
from breakwater.networks.mastodon.inbound import Reader, bearer

_TO_PEOPLE: Mapping[Deed, str] = {
    Deed.MUTE: "mute",
    Deed.UNMUTE: "unmute",
    Deed.BLOCK: "block",
    Deed.UNBLOCK: "unblock",
    Deed.UNFOLLOW: "unfollow",
}
_TO_POSTS: Mapping[Deed, str] = {
    Deed.LIKE: "favourite", Deed.UNLIKE: "unfavourite", Deed.PIN: "pin", Deed.UNPIN: "unpin",
}  # fmt: skip
_SHOWN_BY: Mapping[Deed, tuple[str, bool]] = {
    Deed.LIKE: ("favourited", True),
    Deed.UNLIKE: ("favourited", False),
    Deed.PIN: ("pinned", True),
    Deed.UNPIN: ("pinned", False),
}
"""Name of what a status says of it. `pinned` is on own ones alone
(docs.joinmastodon.org/entities/Status, 2026-11-28)."""
_SEEN_IN: Mapping[Deed, tuple[str, bool]] = {
    Deed.MUTE: ("muting", True),
    Deed.UNMUTE: ("muting", False),
    Deed.BLOCK: ("blocking", True),
    Deed.UNBLOCK: ("blocking", False),
    Deed.UNFOLLOW: ("following", False),
}
CATEGORIES = ("spam", "legal", "violation", "other")
FOLLOWED = 80
"""The most that a page of those who are followed gives (docs.joinmastodon.org/methods/accounts)."""


class Deeds:
    """Of one account. detail of a mute: `seconds` (none: for good). Of a report: `text`, `reason`
    (CATEGORIES; any other is "other"), `forward` ("yes": to the person's own instance too)."""

    def __init__(
        self, client: httpx.AsyncClient, account: Account, kit: Kit, reader: Reader
    ) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._reader = reader

    async def do(self, act: Act) -> Sent:
        target = quote(act.target, safe="")
        if act.deed in _TO_PEOPLE:
            body = _mute(act) if act.deed is Deed.MUTE else {}
            await self._post(f"accounts/{target}/{_TO_PEOPLE[act.deed]}", body)
            return Sent("")
        if act.deed in _TO_POSTS:
            await self._post(f"statuses/{target}/{_TO_POSTS[act.deed]}", {})
            return Sent("")
        if act.deed is Deed.REPORT:
            return await self._report(act)
        if act.deed is Deed.REMOVE:
            return await self._take_off(act)
        raise Unsupported(f"no way to {act.deed}")

    async def done(self, act: Act) -> bool:
        """Whether it is so now."""
        if act.deed in _SEEN_IN:
            name, wanted = _SEEN_IN[act.deed]
            answer = await self._reader.many(
                "/api/v1/accounts/relationships", {"id[]": [act.target]}
            )
            return any(bool(row.get(name)) is wanted for row in wire.rows(answer))
        if act.deed in _SHOWN_BY:
            name, wanted = _SHOWN_BY[act.deed]
            status = await self._reader.one(f"/api/v1/statuses/{quote(act.target, safe='')}")
            return bool(status.get(name)) is wanted
        raise Unsupported(f"no way to see whether {act.deed} was done")

    async def following(self, cursor: str) -> People:
        me = quote(self._account.remote_id, safe="")
        params = {"limit": str(FOLLOWED), **({"max_id": cursor} if cursor else {})}
        answer = await self._reader.many(f"/api/v1/accounts/{me}/following", params)
        following = httpx.QueryParams(_next_query(answer)).get("max_id", "")
        return People(tuple(author_of(row) for row in wire.rows(answer)), following)

    async def _report(self, act: Act) -> Sent:
        """target: of a post, or of a person. Its reference is the instance's own number for it."""
        status = await self._reader.get(f"/api/v1/statuses/{quote(act.target, safe='')}")
        body: dict[str, Any] = {"account_id": act.target}
        if status.status_code == httpx.codes.OK:
            account = wire.body(status, safe=True).get("account") or {}
            body = {"account_id": str(account.get("id") or ""), "status_ids": [act.target]}
        elif status.status_code not in (404, 410):
            raise refusal(status, safe=True)
        reason = act.detail.get("reason", "")
        category = reason if reason in CATEGORIES else "other"
        body |= {"category": category, "comment": act.detail.get("text", "")[:1000]}
        if act.detail.get("forward"):
            body["forward"] = True
        response = await self._call("reports", body)
        if not response.is_success:
            raise refusal(response)
        reference = wire.body(response).get("id")
        if not isinstance(reference, str) or not reference:
            raise OutcomeUnknown(f"no report in the answer: {wire.excerpt(response)}")
        return Sent(reference, detail=wire.excerpt(response))

    async def _take_off(self, act: Act) -> Sent:
        """target: a quote; about: the own post that it quotes."""
        if not act.about:
            raise Refused("only_quotes", f"{act.target} is said to quote nothing of ours")
        about, target = quote(act.about, safe=""), quote(act.target, safe="")
        response = await self._call(f"statuses/{about}/quotes/{target}/revoke", {})
        if response.status_code in (404, 410):
            raise Refused("only_quotes", wire.excerpt(response))
        if not response.is_success:
            raise refusal(response, safe=True)
        return Sent("")

    async def _post(self, path: str, body: Mapping[str, Any]) -> None:
        try:
            response = await self._call(path, body)
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)

    async def _call(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        await self._kit.take("write")
        return await wire.call(
            self._client,
            "POST",
            f"{self._account.origin}/api/v1/{path}",
            headers=bearer(self._account),
            json=dict(body) or None,
        )


def _mute(act: Act) -> dict[str, Any]:
    seconds = act.detail.get("seconds", "")
    if not seconds:
        return {}
    if not seconds.isdigit():
        raise Refused("option_unknown", f"seconds {seconds!r}")
    return {"duration": int(seconds)}


def _next_query(response: httpx.Response) -> str:
    """The query of the page after this one, "" on the last."""
    following = response.links.get("next", {}).get("url", "")
    return httpx.URL(following).query.decode() if following else ""
