"""The watch: it proposes with reasons, once, and never pauses."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from breakwater.domain.errors import Forbidden, Invalid
from breakwater.notices.models import Notice
from breakwater.pauses.models import Feed, Heard, Pause, Signal
from breakwater.pauses.newsreading import MAX_BYTES, headlines
from breakwater.pauses.services import feeds, watching
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>
<item><title>Explosion at &lt;b&gt;Valmor&lt;/b&gt; plant</title><link>https://news.example/1</link>
<guid>a1</guid><pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubDate></item>
<item><title>Old news</title><link>javascript:alert(1)</link><guid>a2</guid>
<pubDate>Mon, 02 Feb 2026 08:30:00 GMT</pubDate></item>
<item><title>Undated</title><link>javascript:alert(1)</link></item></channel></rss>"""


def three(at: datetime) -> list[watching.Item]:
    return [
        ("One", "Explosion at the Valmor plant", "https://one.example/1", at),
        ("Two", "Valmor: explosion heard for miles", "https://two.example/1", at),
        ("Three", "What is known of the Valmor explosion", "https://three.example/1", at),
    ]


def test_news_that_rise_together_are_proposed_once_and_pause_nothing(
    harbour_workspace: Workspace, party: Post, now: datetime
) -> None:
    watching.heard(harbour_workspace, three(now), now=now)

    assert watching.look(now=now) == 1
    assert watching.look(now=now + timedelta(minutes=1)) == 0

    signal = Signal.objects.get()
    assert (signal.why, signal.state) == ("feeds", "open")
    assert signal.facts["words"] == ["explosion", "valmor"]
    assert [hit["title"] for hit in signal.hits] == ["Party on the quay tonight!"]
    assert not Pause.objects.exists()
    assert Notice.objects.filter(code="signal_feeds").count() == 2


def test_two_feeds_are_no_signal(harbour_workspace: Workspace, now: datetime) -> None:
    watching.heard(harbour_workspace, three(now)[:2], now=now)

    assert watching.look(now=now) == 0
    assert not Signal.objects.exists()


def test_a_day_of_mourning_is_proposed_on_its_eve(
    harbour_workspace: Workspace, now: datetime
) -> None:
    eve = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    watching.look(now=eve)

    signal = Signal.objects.get()
    assert (signal.why, signal.facts["day"]) == ("day", "2026-03-11")


def test_a_colleague_taps_and_a_reason_dismisses(writer: Access, now: datetime) -> None:
    signal = watching.tap(writer, "Fire next door", now=now)
    assert watching.tap(writer, "Fire next door", now=now) == signal

    with pytest.raises(Invalid):
        watching.dismiss(writer, signal, " ", now=now)
    watching.dismiss(writer, signal, "A drill.", now=now)

    signal.refresh_from_db()
    assert (signal.state, signal.dismissed_why) == ("dismissed", "A drill.")
    assert not Pause.objects.exists()


def test_a_feed_is_read_without_its_markup_and_its_strange_addresses(now: datetime) -> None:
    found = headlines(RSS.encode(), now=now)

    assert [(one.title, one.url) for one in found] == [
        ("Explosion at Valmor plant", "https://news.example/1"), ("Undated", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><rss>&a;</rss>', "feed_entities"),
        ('<!DOCTYPE l [<!ENTITY a "aaaa">]><rss/>'.encode("utf-16"), "feed_entities"),
        (b" " * (MAX_BYTES + 1), "feed_too_large"),
        (b"<html><body>Hello</body></html>", "feed_unreadable"),
    ],
)
def test_what_would_overwhelm_its_reader_is_not_read(data: bytes, code: str, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        headlines(data, now=now)

    assert refused.value.code == code


def test_a_private_address_is_refused_and_said(carl: Access, now: datetime) -> None:
    row = feeds.add_feed(carl, "http://127.0.0.1:9/feed", "Inside", now=now)

    answer = asyncio.run(feeds.fetched(row, now=now))
    feeds.keep([answer], now=now)

    row.refresh_from_db()
    assert (answer.trouble, row.trouble, row.failures) == ("address_refused", "address_refused", 1)
    assert row.next_at > now + feeds.EVERY
    assert not Heard.objects.exists()


def test_a_feed_is_heard_once_and_asked_only_for_what_is_new(carl: Access, now: datetime) -> None:
    row = feeds.add_feed(carl, "https://news.example/feed", "", now=now)
    asked: list[httpx.Request] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.headers.get("if-none-match") == '"v1"':
            return httpx.Response(304)
        return httpx.Response(200, content=RSS, headers={"etag": '"v1"'})

    for minute in (0, 10):
        (due,) = feeds.lease(now=now + timedelta(minutes=minute))
        assert feeds.lease(now=now + timedelta(minutes=minute)) == []
        feeds.keep([_answer(due, serve, now)], now=now + timedelta(minutes=minute))

    row.refresh_from_db()
    assert [one.headers.get("if-none-match") for one in asked] == [None, '"v1"']
    assert (row.name, row.etag, row.trouble) == ("news.example", '"v1"', "")
    assert Heard.objects.count() == 2


def _answer(row: Feed, serve: "object", now: datetime) -> feeds.Answer:
    async def go() -> feeds.Answer:
        transport = httpx.MockTransport(serve)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport) as client:
            return await feeds.asked(client, row, now)

    return asyncio.run(go())


def test_who_may_not_arrange_adds_no_feed(writer: Access, now: datetime) -> None:
    with pytest.raises(Forbidden):
        feeds.add_feed(writer, "https://news.example/feed", "", now=now)

    assert not Feed.objects.exists()


def test_many_taps_are_all_on_the_page_and_tell_people_once_in_five_minutes(
    writer: Access, now: datetime
) -> None:
    for n in range(4):
        watching.tap(writer, f"Fire number {n}", now=now + timedelta(minutes=n))

    assert Signal.objects.count() == 4
    assert Notice.objects.values("key").distinct().count() == 1

    watching.tap(writer, "Fire again", now=now + timedelta(minutes=5, seconds=1))

    assert Notice.objects.values("key").distinct().count() == 2


def test_a_workspace_is_told_of_six_taps_an_hour_at_most(writer: Access, now: datetime) -> None:
    for n in range(9):
        watching.tap(writer, f"Fire number {n}", now=now + timedelta(minutes=6 * n))

    assert Signal.objects.count() == 9
    assert Notice.objects.values("key").distinct().count() == 6


def test_who_taps_without_end_is_refused_and_nothing_is_kept(writer: Access, now: datetime) -> None:
    for n in range(watching.TAPS):
        watching.tap(writer, f"Fire number {n}", now=now)

    with pytest.raises(Invalid) as refused:
        watching.tap(writer, "And another", now=now)

    assert (refused.value.code, refused.value.data["limit"]) == ("far_too_many", 20)
    assert Signal.objects.count() == watching.TAPS
    watching.tap(writer, "And another", now=now + timedelta(hours=1))
    assert Signal.objects.count() == watching.TAPS + 1
