"""What Mastodon shows: HTML -> plain text, own posts of a time, one post, its comments."""

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from breakwater.domain.errors import TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Comment, Kit, Look, Seen, SeenMedium
from breakwater.networks.mastodon.errors import is_about_a_post, refusal

PAGE = 40
"""The most that one page gives (docs.joinmastodon.org/methods/accounts/#statuses)."""

PAGES = 25
"""Where a look gives up: 1,000 posts. Beyond it, absence proves nothing."""

Params = Mapping[str, str | list[str]]
"""A list is written as `name[]=…&name[]=…`, with the brackets in its name."""

_GAPS = dict.fromkeys(("p", "div", "blockquote", "pre", "ul", "ol"), "\n\n") | {"li": "\n"}
"""What stands between the text before such a tag and the text after it."""

_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)


class Reader:
    """Read-only calls as one account. Any of them can be made again at will."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit | None = None) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._hosts = own_hosts(account)

    async def get(self, path: str, params: Params | None = None) -> httpx.Response:
        """The answer of a GET, whatever its status."""
        if self._kit is not None:
            await self._kit.take("read")
        return await wire.call(
            self._client,
            "GET",
            f"{self._account.origin}{path}",
            safe=True,
            params=params or {},
            headers=bearer(self._account),
        )

    async def one(self, path: str, params: Params | None = None) -> dict[str, Any]:
        """The object that a GET gives. Raises: what a refusal means."""
        response = await self.get(path, params)
        if response.status_code != httpx.codes.OK:
            raise refusal(response, safe=True)
        return wire.body(response, safe=True)

    async def many(self, path: str, params: Params | None = None) -> httpx.Response:
        """The answer of a GET that gives a list (`wire.rows`). Raises: what a refusal means."""
        response = await self.get(path, params)
        if response.status_code != httpx.codes.OK:
            raise refusal(response, safe=True)
        return response

    async def me(self) -> dict[str, Any]:
        """The account that the token opens. Raises Reconnect when it opens none."""
        return await self.one("/api/v1/accounts/verify_credentials")

    async def read(self, remote_id: str) -> Seen | None:
        """The post, or None when the instance denies it to a token that still is its author's."""
        response = await self.get(f"/api/v1/statuses/{quote(remote_id, safe='')}")
        if response.status_code in _GONE and is_about_a_post(response):
            await self._prove_that_we_would_see_it()
            return None
        if response.status_code in _GONE:
            raise TryLater(f"not the API's own word: {wire.excerpt(response)}")
        if response.status_code != httpx.codes.OK:
            raise refusal(response, safe=True)
        return self._seen(wire.body(response, safe=True))

    async def look(self, since: datetime) -> Look:
        """Own posts from `since` on, newest first."""
        found: list[Seen] = []
        async for page in self._pages():
            for status in page:
                post = self._seen(status)
                if post.created_at < since:
                    return Look(exact=False, posts=tuple(found))
                if status.get("reblog") is None:
                    found.append(post)
            if not page:
                return Look(exact=False, posts=tuple(found))
        return Look(exact=False, posts=tuple(found), complete=False)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Up to `limit` own posts, newest first, boosts left out."""
        found: list[Seen] = []
        async for page in self._pages():
            found += [self._seen(status) for status in page if status.get("reblog") is None]
            if len(found) >= limit or not page:
                break
        return tuple(found[:limit])

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """Every answer below the post that the instance has received."""
        return tuple(_comment(status) for status in await self.around(remote_id, "descendants"))

    async def around(self, remote_id: str, side: str) -> list[dict[str, Any]]:
        """The statuses before (`ancestors`) or after (`descendants`) one in its conversation."""
        context = await self.one(f"/api/v1/statuses/{quote(remote_id, safe='')}/context")
        found = context.get(side)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise TryLater(f"no {side}: {sorted(context)}")
        return found

    def _seen(self, status: Mapping[str, Any]) -> Seen:
        return seen(status, self._hosts, self._account.remote_id)

    async def _prove_that_we_would_see_it(self) -> None:
        me = await self.me()
        if me.get("id") != self._account.remote_id:
            raise TryLater(f"the token is of account {me.get('id')!r}")

    async def _pages(self) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of own posts, the last one empty. Stops short at PAGES, and when a server
        gives the same page again."""
        path = f"/api/v1/accounts/{quote(self._account.remote_id, safe='')}/statuses"
        params = {"limit": str(PAGE), "exclude_reblogs": "true"}
        for _ in range(PAGES):
            page = wire.rows(await self.many(path, params))
            last = str(page[-1].get("id", "")) if page else ""
            if page and last == params.get("max_id"):
                return
            yield page
            if not page:
                return
            params = {**params, "max_id": last}


def bearer(account: Account) -> dict[str, str]:
    """The header that opens the account."""
    return {"Authorization": f"Bearer {account.secrets.get('access_token', '')}"}


def own_hosts(account: Account) -> frozenset[str]:
    """What a person can write after the second @ and mean this instance: the domain of its
    handles, and the host that answers (they can differ)."""
    return frozenset({account.handle.rpartition("@")[2], urlsplit(account.origin).netloc} - {""})


def seen(status: Mapping[str, Any], hosts: Iterable[str] = (), me: str = "") -> Seen:
    """A status of the API as we know posts. TryLater when it lacks what makes a post.

    hosts: those of the instance itself; it takes them out of mentions of its own people.
    me: our id; what our answers begin with is left out (`addressed`).
    """
    try:
        leading = addressed(status) if _author(status) == me else ()
        return Seen(
            remote_id=_text(status["id"]),
            url=_text(status.get("url") or status.get("uri") or ""),
            text=_without(words(status), leading),
            created_at=moment(_text(status["created_at"])),
            media=pictures(status),
            spellings=_unsaid(_spellings(status, hosts), leading),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a status: {type(error).__name__} {error}") from error


def words(status: Mapping[str, Any]) -> str:
    """The text of a status, as it was typed."""
    return plain(_text(status["content"]), _mentions(status))


def plain(html: str, mentions: Mapping[str, str] | None = None) -> str:
    """`html` as it was typed: paragraphs and line breaks, links in full.

    mentions: address of a profile -> `user` or `user@host`; the page shows only `@user`.
    """
    reading = _Plain(mentions or {})
    reading.feed(html)
    reading.close()
    return "".join(reading.parts).strip()


def moment(text: str) -> datetime:
    """An ISO 8601 time, in UTC. Raises ValueError."""
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Plain(HTMLParser):
    """Collects text in `parts`. Hidden spans of links are text too: together they are the URL."""

    def __init__(self, mentions: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._mentions = mentions
        self._gap = ""  # goes before the next text, if there is any
        self._skipping = ""  # the tag whose end is awaited
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            self._depth += tag == self._skipping
        elif tag == "br":
            self._gap += "\n"
        else:
            self._gap = _GAPS.get(tag, self._gap)
            self._begin_skipping(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._depth -= tag == self._skipping
            self._skipping = self._skipping if self._depth else ""
        else:
            self._gap = _GAPS.get(tag, self._gap)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        self.parts += [self._gap, data] if self.parts else [data]
        self._gap = ""

    def _begin_skipping(self, tag: str, attrs: Mapping[str, str | None]) -> None:
        classes = (attrs.get("class") or "").split()
        acct = self._mentions.get(attrs.get("href") or "") if tag == "a" else None
        if acct is not None and "mention" in classes:
            self.handle_data(f"@{acct}")
        elif "quote-inline" not in classes:
            return
        self._skipping, self._depth = tag, 1


def _comment(status: Any) -> Comment:
    post = seen(status)
    account = status.get("account")
    author = account.get("acct") if isinstance(account, dict) else None
    return Comment(post.remote_id, f"@{author}" if author else "", post.text, post.created_at)


def pictures(status: Mapping[str, Any]) -> tuple[SeenMedium, ...]:
    return tuple(_picture(one) for one in status.get("media_attachments") or ())


def addressed(status: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom an answer or a message begins with. They are written before the words of a person when
    it leaves (`outbound`), so they are no part of what it says."""
    answers = status.get("in_reply_to_account_id")
    if (not answers or answers == _author(status)) and status.get("visibility") != "direct":
        return ()
    known = {f"@{acct}": acct for acct in _mentions(status).values()}
    return tuple(known[word] for word in takewhile(known.__contains__, words(status).split()))


def _author(status: Mapping[str, Any]) -> str:
    account = status.get("account")
    return str(account.get("id") or "") if isinstance(account, dict) else ""


def _without(text: str, leading: Iterable[str]) -> str:
    for acct in leading:
        text = text.removeprefix(f"@{acct}").lstrip()
    return text


def _unsaid(spellings: Mapping[str, str], leading: Iterable[str]) -> dict[str, str]:
    """With nothing for each way to write one of `leading`."""
    names = {f"@{acct}" for acct in leading}
    return {word: "" if shown in names else shown for word, shown in spellings.items()}


def _picture(media: Mapping[str, Any]) -> SeenMedium:
    return SeenMedium(
        url=str(media.get("url") or media.get("preview_url") or ""),
        alt=str(media.get("description") or ""),
    )


def _mentions(status: Mapping[str, Any]) -> dict[str, str]:
    return {str(m["url"]): str(m["acct"]) for m in status.get("mentions") or ()}


def _spellings(status: Mapping[str, Any], hosts: Iterable[str]) -> dict[str, str]:
    """Every way to write those whom the status mentions -> how `plain` writes them. The
    instance takes its own host away and puts letters in the case of the account's name
    (mastodon/mastodon app/services/process_mentions_service.rb, app/lib/text_formatter.rb)."""
    found: dict[str, str] = {}
    for acct in _mentions(status).values():
        found[f"@{acct}"] = f"@{acct}"
        if "@" not in acct:
            found |= {f"@{acct}@{host}": f"@{acct}" for host in hosts}
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
