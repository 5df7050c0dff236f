"""Channels are opened in one query; their tokens are refreshed by one at a time, and never lost."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, connections
from pytest_django import Settings

from breakwater.channels import services, vault
from breakwater.channels.doors import Opened, connector, refresh, unlock
from breakwater.channels.models import Channel, Credential
from breakwater.channels.tests.conftest import Connect
from breakwater.channels.tests.harbour import HarbourConnector, Town
from breakwater.core import blobs, clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import EgressRefused, OutcomeUnknown, Reconnect, TryLater, Unsupported
from breakwater.people.models import Person

T = TypeVar("T")


def run(deed: Coroutine[Any, Any, T]) -> T:
    async def wrapped() -> T:
        return await deed

    return async_to_sync(wrapped)()


def opened(channel: Channel) -> Opened:
    return unlock([channel.id])[channel.id]


def spooled(settings: Settings) -> list[Path]:
    return sorted(Path(settings.SPOOL).glob("*"))


@contextmanager
def full_disk() -> Iterator[None]:
    """The database refuses to write a credential, as one on a full disk does."""
    with connection.cursor() as cursor:
        for statement in _FULL[connection.vendor]:
            cursor.execute(statement)
        try:
            yield
        finally:
            cursor.execute(_FREE[connection.vendor])


_FULL = {
    "sqlite": [
        "CREATE TRIGGER full_disk BEFORE UPDATE OF sealed ON channels_credential"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE UPDATE OF sealed ON channels_credential"
        " FOR EACH ROW EXECUTE FUNCTION full_disk()",
    ],
}
_FREE = {
    "sqlite": "DROP TRIGGER full_disk",
    "postgresql": "DROP FUNCTION full_disk() CASCADE",
}


def test_a_group_is_opened_by_one_query(connect: Connect, django_assert_num_queries: Any) -> None:
    channels = [connect(), connect("eve")]

    with django_assert_num_queries(1):
        found = unlock([*(channel.id for channel in channels), uuid4()])

    assert found.keys() == {channel.id for channel in channels}
    one = found[channels[0].id]
    assert (one.network, one.version, one.account.handle) == ("harbour", 1, "@ann")
    assert one.workspace_id == channels[0].workspace_id
    assert unlock([]) == {}


def test_a_broken_seal_leaves_the_others_open(connect: Connect) -> None:
    broken, whole = connect(), connect("eve")
    Credential.objects.filter(channel=broken).update(
        sealed=Credential.objects.get(channel=whole).sealed
    )

    assert list(unlock([broken.id, whole.id])) == [whole.id]


def test_a_connector_calls_its_network_in_process_and_nobody_inside(connect: Connect) -> None:
    channel = connect()
    sha256 = blobs.store(b"a picture")

    async def use() -> tuple[str, bytes]:
        async with connector(opened_channel, fresh=True) as one:
            assert isinstance(one, HarbourConnector)
            response = await one.client.post("https://harbour.internal/revoke")
            with pytest.raises(EgressRefused):
                await one.client.get("http://127.0.0.1/")
            return response.text, await one.kit.read(sha256)

    opened_channel = opened(channel)
    assert run(use()) == ("{}", b"a picture")


def test_a_network_that_is_no_longer_there_is_unsupported(connect: Connect) -> None:
    gone = replace(opened(connect()), network="gone")

    async def use() -> None:
        async with connector(gone):
            raise AssertionError("opened")

    with pytest.raises(Unsupported):
        run(use())


def test_a_refresh_is_stored_at_once(connect: Connect, town: Town, settings: Settings) -> None:
    before = opened(connect())

    after = run(refresh(before))

    assert (after.version, after.account.secrets != before.account.secrets) == (2, True)
    assert opened(Channel.objects.get()) == after
    assert spooled(settings) == []
    row = Credential.objects.get()
    assert (row.lease_id, row.lease_until) == (None, None)


def test_many_callers_make_one_refresh(connect: Connect, town: Town) -> None:
    before = opened(connect())

    async def together() -> list[Opened]:
        return await asyncio.gather(*(refresh(before) for _ in range(8)))

    results = run(together())

    assert town.asked.count("/refresh") == 1
    assert {one.version for one in results} == {2}
    assert len({one.account.secrets["refresh_token"] for one in results}) == 1


@pytest.mark.django_db(transaction=True)
def test_many_database_sessions_make_one_refresh(connect: Connect, town: Town) -> None:
    before = opened(connect())

    def one(_: int) -> int:
        try:
            return async_to_sync(refresh)(before).version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(one, range(6))) == [2] * 6
    assert town.asked.count("/refresh") == 1


def test_who_comes_late_gets_the_newer_secrets(connect: Connect, town: Town) -> None:
    before = opened(connect())
    after = run(refresh(before))

    assert run(refresh(before)) == after
    assert town.asked.count("/refresh") == 1


def test_a_dead_refresh_token_needs_a_person(connect: Connect, town: Town) -> None:
    before = opened(connect())
    town.fresh.clear()

    with pytest.raises(Reconnect):
        run(refresh(before))

    assert Credential.objects.get().version == 1
    assert Credential.objects.get().lease_id is None


def test_a_token_without_a_successor_needs_a_person(connect: Connect, town: Town) -> None:
    channel = connect()
    blob = vault.seal_secrets(channel.id, {"access_token": "canary-only"})
    Credential.objects.update(sealed=blob)

    with pytest.raises(Reconnect):
        run(refresh(opened(channel)))


def test_a_holder_that_died_is_waited_for_no_longer_than_its_lease(
    connect: Connect, town: Town
) -> None:
    before = opened(connect())
    now = clock.now()
    assert vault.take_lease(before.channel_id, 1, new_id(), now - vault.LEASE - timedelta(1))
    assert vault.take_lease(before.channel_id, 1, new_id(), now)
    assert not vault.take_lease(before.channel_id, 1, new_id(), now)

    Credential.objects.update(lease_until=now - timedelta(seconds=1))
    assert run(refresh(before)).version == 2


def test_who_has_no_time_does_not_wait_for_a_holder_that_died(connect: Connect, town: Town) -> None:
    before = opened(connect())
    assert vault.take_lease(before.channel_id, 1, new_id(), clock.now())

    with pytest.raises(TryLater) as later:
        run(refresh(before, patience=timedelta(0)))

    assert later.value.after_s == 30
    assert Credential.objects.get().version == 1
    assert town.asked == ["/sign-in", "/me"]


def test_a_network_that_does_not_answer_leaves_everything(connect: Connect, town: Town) -> None:
    before = opened(connect())

    def fail(path: str) -> None:
        raise TimeoutError

    town.fault = fail

    with pytest.raises(TryLater):
        run(refresh(before))
    town.fault = None
    assert run(refresh(before)).version == 2


def test_an_answer_that_is_lost_is_no_reason_to_ask_a_person(connect: Connect, town: Town) -> None:
    before = opened(connect())

    def lost(path: str) -> None:
        raise OutcomeUnknown("reset")

    town.fault = lost

    with pytest.raises(TryLater):
        run(refresh(before))


def test_a_caller_that_is_cancelled_loses_no_token(connect: Connect, town: Town) -> None:
    before = opened(connect())

    async def impatient() -> None:
        waiting = asyncio.create_task(refresh(before))
        while "/refresh" not in town.asked:
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        while asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.sleep(0.01)

    run(impatient())

    assert opened(Channel.objects.get()).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_token_that_the_database_refuses_is_kept_and_applied(
    connect: Connect, town: Town, settings: Settings
) -> None:
    before = opened(connect())

    with full_disk():
        after = run(refresh(before))
        assert Credential.objects.get().version == 1

    (path,) = spooled(settings)
    assert path.stat().st_mode & 0o777 == 0o600
    assert after.account.secrets["refresh_token"].encode() not in path.read_bytes()
    assert opened(Channel.objects.get()) == after
    assert spooled(settings) == []
    assert run(refresh(after)).version == 3


@pytest.mark.django_db(transaction=True)
def test_a_spool_that_is_full_too_leaves_the_database_to_try_again(
    connect: Connect, town: Town, settings: Settings, tmp_path: Path
) -> None:
    before = opened(connect())
    blocked = tmp_path / "a file"
    blocked.write_text("")
    settings.SPOOL = blocked / "spool"

    assert run(refresh(before)).version == 2
    assert opened(Channel.objects.get()).version == 2


def test_a_crash_before_the_database_is_mended_before_anybody_asks_again(
    connect: Connect, town: Town
) -> None:
    before = opened(connect())
    tokens = town.tokens("1")
    town.fresh.pop(before.account.secrets["refresh_token"])
    vault.spool(before.channel_id, 1, vault.seal_secrets(before.channel_id, tokens))

    after = run(refresh(before))

    assert (after.version, after.account.secrets["refresh_token"]) == (2, tokens["refresh_token"])
    assert "/refresh" not in town.asked


def test_what_the_spool_kept_never_goes_over_something_newer(
    connect: Connect, settings: Settings
) -> None:
    channel = connect()
    vault.spool(channel.id, 1, vault.seal_secrets(channel.id, {"access_token": "canary-old"}))
    services.mark_reconnect(channel.id, now=channel.created_at)
    connect()
    connect()

    assert opened(channel).version == 3
    assert opened(channel).account.secrets["access_token"] != "canary-old"
    assert spooled(settings) == []


def test_a_spool_file_that_does_not_open_stops_nobody(connect: Connect, settings: Settings) -> None:
    channel, other = connect(), connect("eve")
    vault.spool(channel.id, 1, vault.seal_secrets(other.id, {"access_token": "canary-old"}))

    assert unlock([channel.id, other.id]).keys() == {channel.id, other.id}
    assert [path.suffix for path in spooled(settings)] == [".broken"]


def test_a_refresh_on_its_way_does_not_revive_a_disconnected_channel(
    connect: Connect, town: Town, ann: Person, now: datetime
) -> None:
    channel = connect()
    before = opened(channel)
    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    with pytest.raises(Reconnect):
        run(refresh(before))
    assert not vault.replace(channel.id, 1, vault.seal_secrets(channel.id, {}), now)
    assert bytes(Credential.objects.get().sealed) == b""
