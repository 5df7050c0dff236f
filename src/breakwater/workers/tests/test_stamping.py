"""The stamping loop against a real authority (openssl) that answers well, badly, late or not at all."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.people import NOW

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.core.tests.servers import Answer, Server, moved, ok, serving
from breakwater.domain.timings import Timings
from breakwater.evidence.models import Capture, Stamp
from breakwater.evidence.selectors import ready
from breakwater.evidence.services import stamping
from breakwater.evidence.services.exporting import bundle
from breakwater.evidence.tests.authority import NAME, Authority, made, openssl_verifies
from breakwater.evidence.tests.test_copying import unzipped
from breakwater.evidence.tests.world import sealed
from breakwater.people.models import Person
from breakwater.workers.desk import Desk
from breakwater.workers.stamping import StampLoop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Reply = Callable[[bytes], bytes]
"""From a query to a whole HTTP answer; empty: the answer never comes."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def kept(channel: Channel, bob: Person, settings: Settings, tmp_path: Path) -> Capture:
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.BLOBS = tmp_path / "blobs"
    return sealed(channel, "1.stray", bob.pk)


def answering(reply: Reply) -> Answer:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        start = await reader.readexactly(2)  # of a DER sequence of less than 128 bytes
        query = start + await reader.readexactly(start[1])
        if said := await asyncio.to_thread(reply, query):
            writer.write(said)
            await writer.drain()
        else:
            await asyncio.sleep(30)

    return answer


def granted(authority: Authority) -> Reply:
    return lambda query: ok(authority.reply(query), "Content-Type: application/timestamp-reply")


def turns(
    settings: Settings, root: str, reply: Reply, *, times: int = 1, loops: int = 1,
    deadline_s: float = 10, path: str = "/tsr",
) -> Server:  # fmt: skip
    """So many loops make so many turns at once while the authority answers."""

    async def turned() -> Server:
        async with serving(answering(reply)) as server:
            settings.ALLOWED_ORIGINS = frozenset({server.origin})
            settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = server.origin + path, root
            made = [StampLoop(timings=Timings(), deadline_s=deadline_s) for _ in range(loops)]
            for _ in range(times):
                await asyncio.gather(*(loop.turn() for loop in made))
            for loop in made:
                await loop._desk.close()
            return server

    return asyncio.run(turned())


def nothing_was_kept(kept: Capture) -> bool:
    packages = [one for one in Path(blobs.path(kept.blob)).parents[2].rglob("*") if one.is_file()]
    unstamped = "evidence.tsr" not in unzipped(bundle(kept))
    return unstamped and [one.name for one in packages] == [kept.blob]


def test_a_package_on_disk_is_stamped_once_and_openssl_says_ok(
    kept: Capture, authority: Authority, settings: Settings, tmp_path: Path
) -> None:
    server = turns(settings, authority.root, granted(authority), times=3)

    row = Stamp.objects.get()
    assert (row.outcome, row.authority, row.tries, row.trouble) == ("stamped", NAME, 1, "")
    (head,) = server.heads
    assert head.startswith("POST /tsr HTTP/1.1\r\n")
    assert "content-type: application/timestamp-query\r\n" in head.lower()
    assert Entry.objects.get(verb="evidence.stamped").data["token"] == row.token
    for name, one in unzipped(bundle(kept)).items():
        (tmp_path / name).write_bytes(one)
    assert (
        openssl_verifies(
            tmp_path, "-data", "evidence.wacz", token="evidence.tsr", root=authority.root
        )
        == "Verification: OK"
    )


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        ("stamp_rejected", lambda it, query: ok(it.refuse(query))),
        ("stamp_signature", lambda it, query: ok(it.reply_of_a_web_server(query))),
        ("stamp_of_another", lambda it, query: ok(it.reply_to_another(query[24:56])(query))),
        ("stamp_not_understood", lambda _it, _query: ok(b"<html>Welcome</html>")),
        ("stamp_not_understood", lambda _it, _query: ok(b"0" * 10_000_000)),
        ("stamp_away", lambda _it, _query: b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"),
        ("stamp_away", lambda _it, _query: moved("http://127.0.0.1:1/")),
        ("stamp_silent", lambda _it, _query: b""),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_count_changes_nothing_and_is_waited_out(
    kept: Capture, authority: Authority, settings: Settings, code: str,
    reply: Callable[[Authority, bytes], bytes],
) -> None:  # fmt: skip
    begun = time.monotonic()
    server = turns(
        settings, authority.root, lambda query: reply(authority, query), times=3, deadline_s=2
    )

    row = Stamp.objects.get()
    assert (row.outcome, row.trouble, row.tries) == ("", code, 1)
    assert row.due_at > row.link.created_at + stamping.WAITS[0]
    assert len(server.heads) == 1
    assert nothing_was_kept(kept)
    assert time.monotonic() - begun < 20
    kept.refresh_from_db()
    assert kept.state == "sealed"


def test_an_address_that_may_not_be_called_is_not_called(
    kept: Capture, authority: Authority, settings: Settings
) -> None:
    async def turned() -> Server:
        async with serving(ok(b"")) as server:
            settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = server.origin, authority.root
            loop = StampLoop(timings=Timings())
            await loop.turn()
            await loop._desk.close()
            return server

    server = asyncio.run(turned())

    assert Stamp.objects.get().trouble == "stamp_closed"
    assert server.connections == 0
    assert nothing_was_kept(kept)


def test_an_authority_that_was_down_stamps_once_it_is_back(
    kept: Capture, authority: Authority, settings: Settings
) -> None:
    async def down() -> None:
        async with serving(ok(b"")) as server:
            settings.ALLOWED_ORIGINS = frozenset({server.origin})
            settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = server.origin, authority.root
        loop = StampLoop(timings=Timings())
        await loop.turn()
        await loop._desk.close()

    asyncio.run(down())
    away = Stamp.objects.get()
    Stamp.objects.update(due_at=NOW)  # its wait is over

    turns(settings, authority.root, granted(authority))

    back = Stamp.objects.get()
    assert (away.outcome, away.trouble) == ("", "stamp_away")
    assert (back.outcome, back.trouble, back.tries) == ("stamped", "", 2)


def test_while_an_authority_is_silent_the_next_is_sealed_and_may_be_deleted(
    kept: Capture, channel: Channel, bob: Person, authority: Authority, settings: Settings
) -> None:
    async def turned() -> tuple[Capture, bool]:
        async with serving(answering(lambda _query: b"")) as server:
            settings.ALLOWED_ORIGINS = frozenset({server.origin})
            settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = server.origin, authority.root
            loop = StampLoop(timings=Timings())
            waiting = asyncio.create_task(loop.turn())
            async with asyncio.timeout(10):
                while not server.heads:
                    await asyncio.sleep(0.02)
            desk = Desk("test")
            following = await desk(sealed, channel, "1.next", bob.pk)
            waits = not waiting.done()
            waiting.cancel()
            await asyncio.wait({waiting})
            await loop._desk.close()
            await desk.close()
            return following, waits

    following, waits = asyncio.run(turned())

    assert waits
    assert ready([kept, following]) == [kept, following]
    assert Stamp.objects.get().link.capture_id == kept.pk


def test_two_workers_at_once_stamp_each_package_once(
    kept: Capture, channel: Channel, bob: Person, authority: Authority, settings: Settings
) -> None:
    sealed(channel, "1.other", bob.pk)

    server = turns(settings, authority.root, granted(authority), times=2, loops=2)

    assert [one.outcome for one in Stamp.objects.all()] == ["stamped", "stamped"]
    assert len(server.heads) == 2
    assert Entry.objects.filter(verb="evidence.stamped").count() == 2


def test_without_a_setting_nobody_is_asked(
    kept: Capture, settings: Settings, now: datetime
) -> None:
    async def turned() -> int:
        loop = StampLoop(timings=Timings())
        made = await loop.turn()
        loop.stop()
        await loop.run()
        return made

    assert settings.TIMESTAMP_URL == ""

    assert asyncio.run(turned()) == 0
    assert not Stamp.objects.exists()
    assert nothing_was_kept(kept)
