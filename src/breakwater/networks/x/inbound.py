"""What X shows of an account: own posts of a time, one post, the answers below it, figures."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Author,
    Comment,
    Figure,
    Look,
    Metric,
    People,
    Profile,
    Seen,
)
from breakwater.networks.x import messages
from breakwater.networks.x.api import Api
from breakwater.networks.x.errors import partly, refusal
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.shown import Around, around, author, seen

PAGE = 100
"""The most that one page of a timeline gives (description 2.167)."""

PAGES = 10
"""Where a look gives up: 1,000 posts. Beyond it, absence proves nothing."""

OWN = {
    "post.fields": "created_at,text,entities,attachments,note_post",
    "expansions": "attachments.media_keys,referenced_posts",
    "media.fields": "url,preview_image_url,alt_text,type",
}
_FIGURES = {
    Metric.VIEWS: ("impression_count",),
    Metric.LIKES: ("like_count",),
    Metric.COMMENTS: ("reply_count",),
    Metric.SHARES: ("repost_count", "retweet_count", "quote_count"),
    Metric.SAVES: ("bookmark_count",),
}


PROFILE = (
    "description", "entities", "name", "profile_image_url", "public_metrics", "url",
    "username",
)  # fmt: skip


class Reader:
    """Read-only calls as one account. Any of them can be made again at will."""

    def __init__(self, api: Api, account: Account) -> None:
        self._api = api
        self._account = account
        self._web = MANIFEST.at(account.origin, "web")

    async def read(self, remote_id: str) -> Seen | None:
        """The post or message; None when X says in its own words that there is none."""
        if messages.is_message(remote_id):
            path, call = f"/2/dm_events/{_safe(messages.bare(remote_id))}", "message"
            response = await self._api.ask(call, path, **messages.FIELDS)
        else:
            response = await self._api.ask("lookup", f"/2/tweets/{_safe(remote_id)}", **OWN)
        answer = _answer(response)
        if answer is None:
            return None
        found = answer.get("data")
        if isinstance(found, dict):
            await self._api.paid("read_own", [found])
            return self._shown(found, answer)
        problem = partly(answer)
        if isinstance(problem, Refused) and problem.reason == "not_there":
            return None
        raise problem or TryLater(f"no post in the answer: {wire.excerpt(response)}")

    async def look(self, since: datetime) -> Look:
        """Own posts from `since` on, newest first; repeats of others' are left out."""
        found: list[Seen] = []
        async for page, last in self._own_posts(start_time=stamp(since)):
            found += page
            if last:
                return Look(exact=False, posts=tuple(found))
        return Look(exact=False, posts=tuple(found), complete=False)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Up to `limit` own posts, newest first."""
        found: list[Seen] = []
        async for page, last in self._own_posts(max_results=str(min(PAGE, max(5, limit)))):
            found += page
            if len(found) >= limit or last:
                break
        return tuple(found[:limit])

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """What was written in the conversation of a post in the last seven days."""
        params = {
            "query": f"conversation_id:{remote_id}",
            "max_results": str(PAGE),
            "post.fields": "created_at,text,entities,note_post",
            "expansions": "author_id",
            "user.fields": "username,name",
        }
        answer = await self._api.get("search", "/2/tweets/search/recent", **params)
        rows = posts_of(answer)
        await self._api.paid("read_post", rows)
        near = around(answer, self._web)
        return tuple(_comment(row, near) for row in rows if row["id"] != remote_id)

    async def insights(self, remote_id: str) -> tuple[Figure, ...]:
        if not remote_id:
            return await self._followers()
        params = {"post.fields": "public_metrics,non_public_metrics"}
        answer = await self._api.get("lookup", f"/2/tweets/{_safe(remote_id)}", **params)
        post = answer.get("data")
        if not isinstance(post, dict):
            raise partly(answer) or TryLater("no post in the answer")
        await self._api.paid("read_own", [post])
        public = _numbers(post.get("public_metrics"))
        figures = [
            Figure(metric, sum(public.get(name, 0) for name in names))
            for metric, names in _FIGURES.items()
            if any(name in public for name in names)
        ]
        clicks = _numbers(post.get("non_public_metrics")).get("url_link_clicks")
        return (*figures, *([] if clicks is None else [Figure(Metric.CLICKS, clicks)]))

    async def following(self, cursor: str) -> People:
        params = {"max_results": "100", "user.fields": "username,name,profile_image_url"}
        if cursor:
            params["pagination_token"] = cursor
        path = f"/2/users/{_safe(self._account.remote_id)}/following"
        answer = await self._api.get("following", path, **params)
        rows = posts_of(answer)
        await self._api.paid("read_own", rows)
        near = around({"includes": {"users": rows}}, self._web)
        people: list[Author] = [author(str(row["id"]), near) for row in rows]
        return People(tuple(people), next_token(answer))

    async def stands_to(self, person: str) -> frozenset[str]:
        """How a person and this account stand: following, muting, blocking …"""
        params = {"user.fields": "connection_status"}
        answer = await self._api.get("person", f"/2/users/{_safe(person)}", **params)
        found = answer.get("data")
        if not isinstance(found, dict):
            raise partly(answer) or TryLater("nobody in the answer")
        await self._api.paid("read_person", [found])
        return frozenset(str(one) for one in found.get("connection_status") or ())

    async def profile(self) -> Profile:
        """Fields: description 2.167, User: what somebody has not filled in is left out there. Which
        post is pinned cannot be asked for."""
        me = await self._me(",".join(PROFILE))
        return Profile(
            wire.told(me, "name"), f"@{wire.told(me, 'username')}",
            str(me.get("description") or ""), _link(me),
            str(me.get("profile_image_url") or ""),
            followers=_numbers(me.get("public_metrics")).get("followers_count"),
        )  # fmt: skip

    async def _followers(self) -> tuple[Figure, ...]:
        count = _numbers((await self._me("public_metrics")).get("public_metrics"))
        if "followers_count" not in count:
            raise TryLater(f"no followers in the answer: has {sorted(count)}")
        return (Figure(Metric.FOLLOWERS, count["followers_count"]),)

    async def _me(self, fields: str) -> dict[str, Any]:
        """The account itself. It costs as much as anybody: the page of prices does not name
        /2/users/me among own reads (read 2026-11-29)."""
        answer = await self._api.get("me", "/2/users/me", **{"user.fields": fields})
        me = answer.get("data")
        if not isinstance(me, dict):
            raise partly(answer) or TryLater("nobody in the answer")
        await self._api.paid("read_person", [me])
        return me

    async def _own_posts(self, **params: str) -> AsyncIterator[tuple[list[Seen], bool]]:
        """Pages, newest first, and whether each is the last. Ends short after PAGES."""
        path = f"/2/users/{_safe(self._account.remote_id)}/tweets"
        asked = {"max_results": str(PAGE), "exclude": "retweets", **OWN, **params}
        for _ in range(PAGES):
            answer = await self._api.get("timeline", path, **asked)
            rows = posts_of(answer)
            await self._api.paid("read_own", rows)
            near, token = around(answer, self._web), next_token(answer)
            yield [seen(row, near, self._account.handle) for row in rows], not token
            if not token or token == asked.get("pagination_token"):
                return
            asked["pagination_token"] = token

    def _shown(self, found: Mapping[str, Any], answer: Mapping[str, Any]) -> Seen:
        near = around(answer, self._web)
        if "dm_conversation_id" in found:
            return messages.seen(found, near)
        return seen(found, near, self._account.handle)


def posts_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a page (posts, people, messages); TryLater when there are only problems."""
    rows = answer.get("data")
    if rows is None and (problem := partly(answer)):
        raise problem
    if rows is not None and not isinstance(rows, list):
        raise TryLater("data is no list")
    return [row for row in rows or () if isinstance(row, dict) and "id" in row]


def next_token(answer: Mapping[str, Any]) -> str:
    meta = answer.get("meta")
    return str(meta.get("next_token") or "") if isinstance(meta, dict) else ""


def stamp(when: datetime) -> str:
    """A time as the API takes it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _answer(response: httpx.Response) -> dict[str, Any] | None:
    """The object of a lookup; None when X says that what was asked for is not there."""
    if response.is_success:
        return wire.body(response, safe=True)
    error = refusal(response, safe=True)
    if isinstance(error, Refused) and error.reason == "not_there":
        if "resource-not-found" in response.text:
            return None
        raise TryLater(f"not the API's own word: {wire.excerpt(response)}")
    raise error


def _comment(row: Mapping[str, Any], near: Around) -> Comment:
    post, writer = seen(row, near), author(str(row.get("author_id") or ""), near)
    return Comment(post.remote_id, writer.handle, post.text, post.created_at)


def _link(me: Mapping[str, Any]) -> str:
    """Where the link leads, not X's short form of it, where it says so."""
    entities = me.get("entities")
    told = entities.get("url") if isinstance(entities, dict) else None
    urls = told.get("urls") if isinstance(told, dict) else None
    first = urls[0] if isinstance(urls, list) and urls and isinstance(urls[0], dict) else {}
    return str(first.get("expanded_url") or me.get("url") or "")


def _numbers(value: object) -> dict[str, int]:
    found = value if isinstance(value, dict) else {}
    return {k: v for k, v in found.items() if isinstance(v, int) and not isinstance(v, bool)}


def _safe(part: str) -> str:
    return quote(part, safe="")
