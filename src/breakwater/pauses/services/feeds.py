"""News feeds: which are asked, by whom, and what was heard. The call itself is `fetched`."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import httpx
from django.db import transaction
from django.db.models import Q

from breakwater.audit.services import Fact, record
from breakwater.core import http
from breakwater.domain.errors import EgressRefused, Invalid, NotFound
from breakwater.pauses.models import Feed, Heard
from breakwater.pauses.newsreading import MAX_BYTES, News, clean, headlines
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

EVERY = timedelta(minutes=10)
LONGEST = timedelta(hours=6)
LEASE = timedelta(seconds=60)
AT_ONCE = 4
WITHIN_S = 10.0
FEEDS = 30
KEPT = timedelta(days=7)
_KIND = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8"


@dataclass(frozen=True)
class Answer:
    """What a feed's address answered. news: None where nothing changed since, or nothing was had;
    trouble: code of why, "" where all was well."""

    feed_id: UUID
    news: list[News] | None = None
    etag: str = ""
    modified: str = ""
    trouble: str = ""
    at: datetime | None = field(default=None)


def add_feed(by: Access, url: str, name: str, *, now: datetime) -> Feed:
    """The feed is asked from now on. Raises: Forbidden; Invalid "feed_address", "feed_known",
    "far_too_many"."""
    may(by, Right.INVITE)
    address = url.strip()
    if not _is_web(address):
        raise Invalid(code="feed_address", field="url")
    with transaction.atomic():
        own = Feed.objects.filter(workspace=by.workspace)
        if own.filter(url=address).exists():
            raise Invalid(code="feed_known", field="url")
        if own.count() >= FEEDS:
            raise Invalid(code="far_too_many", field="url", limit=FEEDS)
        row = Feed.objects.create(
            workspace=by.workspace, url=address, name=clean(name)[:100] or _host(address),
            next_at=now, created_at=now,
        )  # fmt: skip
        _note(by, row, "feed.added", now)
    return row


def remove_feed(by: Access, feed_id: UUID, *, now: datetime) -> None:
    """It and what was heard from it are gone. Raises: Forbidden; NotFound."""
    may(by, Right.INVITE)
    with transaction.atomic():
        row = _own(by, feed_id)
        _note(by, row, "feed.removed", now)
        row.delete()


def switch_feed(by: Access, feed_id: UUID, *, on: bool, now: datetime) -> Feed:
    """Raises: Forbidden; NotFound."""
    may(by, Right.INVITE)
    with transaction.atomic():
        row = _own(by, feed_id)
        row.on, row.next_at, row.failures, row.trouble = on, now, 0, ""
        row.save(update_fields=["on", "next_at", "failures", "trouble"])
        _note(by, row, "feed.on" if on else "feed.off", now)
    return row


def lease(*, now: datetime, limit: int = AT_ONCE) -> list[Feed]:
    """Feeds whose time has come, and that are the caller's for a minute; whoever dies with one is
    taken over then."""
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    due = Feed.objects.filter(free, on=True, handed=False, next_at__lte=now).order_by("next_at")
    return [
        row
        for row in due[:limit]
        if Feed.objects.filter(free, pk=row.pk).update(lease_until=now + LEASE)
    ]


async def fetched(feed: Feed, *, now: datetime) -> Answer:
    """The feed, asked through the egress door: at most 1 MB and ten seconds; unchanged, it sends
    nothing. Never raises for what a stranger's server does."""
    try:
        async with asyncio.timeout(WITHIN_S), http.client() as client:
            return await asked(client, feed, now)
    except EgressRefused:
        return Answer(feed.pk, trouble="address_refused")
    except Invalid as error:
        return Answer(feed.pk, trouble=error.code)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError):
        return Answer(feed.pk, trouble="feed_away")


def keep(answers: Iterable[Answer], *, now: datetime) -> int:
    """What was heard is stored, each headline once; how many are new. A feed in trouble is asked
    again later and later."""
    found = 0
    for answer in answers:
        with transaction.atomic():
            row = Feed.objects.select_for_update().filter(pk=answer.feed_id).first()
            if row is None:
                continue
            _settled(row, answer, now)
            found += stored(row, answer.news or [], now=now)
    return found


def stored(feed: Feed, news: Iterable[News], *, now: datetime) -> int:
    """How many of these headlines are new to the feed."""
    items = {one.key: one for one in news}
    known = set(Heard.objects.filter(feed=feed, key__in=items).values_list("key", flat=True))
    fresh = [
        Heard(feed=feed, key=key, title=one.title, url=one.url, at=one.at, created_at=now)
        for key, one in items.items()
        if key not in known
    ]
    Heard.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def forget(*, now: datetime) -> None:
    """Headlines of more than seven days ago are gone."""
    Heard.objects.filter(at__lt=now - KEPT).delete()


async def asked(client: httpx.AsyncClient, feed: Feed, now: datetime) -> Answer:
    wanted = {"Accept": _KIND}
    if feed.etag:
        wanted["If-None-Match"] = feed.etag
    if feed.modified:
        wanted["If-Modified-Since"] = feed.modified
    async with client.stream("GET", feed.url, headers=wanted, follow_redirects=True) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Answer(feed.pk, etag=feed.etag, modified=feed.modified)
        if response.status_code != httpx.codes.OK:
            return Answer(feed.pk, trouble="feed_away")
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > MAX_BYTES:
                raise Invalid(code="feed_too_large", field="url")
    news = await asyncio.to_thread(headlines, bytes(body), now=now)
    return Answer(
        feed.pk, news, response.headers.get("etag", "")[:300],
        response.headers.get("last-modified", "")[:100],
    )  # fmt: skip


def _settled(row: Feed, answer: Answer, now: datetime) -> None:
    row.failures = row.failures + 1 if answer.trouble else 0
    row.next_at = now + min(EVERY * 2 ** min(row.failures, 10), LONGEST)
    row.lease_until, row.trouble = None, answer.trouble
    if not answer.trouble:
        row.etag, row.modified, row.read_at = answer.etag, answer.modified, now
    row.save(
        update_fields=[
            "failures", "next_at", "lease_until", "trouble", "etag", "modified", "read_at",
        ]
    )  # fmt: skip


def _is_web(address: str) -> bool:
    """An address of the web, without a name and password in it: they would stand on the page."""
    try:
        parsed = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return (
        parsed.scheme in ("https", "http") and bool(parsed.host)
        and not parsed.userinfo and len(address) <= 1000
    )  # fmt: skip


def _own(by: Access, feed_id: UUID) -> Feed:
    row = Feed.objects.select_for_update().filter(workspace=by.workspace, pk=feed_id).first()
    if row is None:
        raise NotFound(what="feed")
    return row


def _host(url: str) -> str:
    return url.split("/")[2][:100] if url.count("/") >= 2 else url[:100]


def _note(by: Access, row: Feed, verb: str, now: datetime) -> None:
    data = {"name": row.name, "url": row.url}
    record([Fact(row.workspace_id, verb, "feed", row.pk, data)], by=by.person.pk, now=now)
