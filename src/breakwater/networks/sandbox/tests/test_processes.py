"""Several processes on one file, a restart, and the command line."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Account, Fault
from breakwater.networks.sandbox import build
from breakwater.networks.sandbox.auth import HarbourAuth
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.tests.world import ignore, parcel, read_blob

pytestmark = pytest.mark.slow


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A harbour in a process of its own; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "breakwater.networks.sandbox", "--home", str(home)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert process.returncode == 0


async def enter(origin: str, client: httpx.AsyncClient, guarantee: Guarantee) -> HarbourConnector:
    auth = HarbourAuth(client)
    secrets = await auth.sign_in(origin, {"name": "Ann", "class": guarantee})
    who = await auth.who(Account("", "", origin, secrets))
    return HarbourConnector(client, Account(who.remote_id, who.handle, origin, secrets), read_blob)


@pytest.mark.parametrize(
    ("guarantee", "copies"),
    [(Guarantee.LASTING_KEY, 1), (Guarantee.HOUR_KEY, 1), (Guarantee.NONE, 20)],
)
def test_two_processes_at_once_keep_the_promise(
    tmp_path: Path, guarantee: Guarantee, copies: int
) -> None:
    async def send_twenty(first: str, second: str) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            left = await enter(first, client, guarantee)
            right = await enter(second, client, guarantee)
            await asyncio.gather(
                *(c.commit(parcel(), {}) for _ in range(10) for c in (left, right))
            )
            assert len(await left.timeline(40)) == copies
            assert len(await right.timeline(40)) == copies

    with served(tmp_path) as first, served(tmp_path) as second:
        asyncio.run(send_twenty(first, second))


def test_a_fault_is_used_up_once_by_two_processes(tmp_path: Path) -> None:
    async def send_ten(first: str, second: str) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            left = await enter(first, client, Guarantee.NONE)
            right = await enter(second, client, Guarantee.NONE)
            await left.plan(Fault("forbidden"))
            got = await asyncio.gather(
                *(c.commit(parcel(), {}) for _ in range(5) for c in (left, right)),
                return_exceptions=True,
            )
            assert sum(isinstance(one, Exception) for one in got) == 1
            assert len(await left.timeline(40)) == 9

    with served(tmp_path) as first, served(tmp_path) as second:
        asyncio.run(send_ten(first, second))


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    async def before(origin: str) -> tuple[Account, str]:
        async with httpx.AsyncClient(trust_env=False) as client:
            connector = await enter(origin, client, Guarantee.HOUR_KEY)
            sent = await connector.commit(parcel(), {})
            await connector.plan(Fault("ghost", "commit"))
            return connector._account, sent.remote_id

    async def after(origin: str, account: Account, remote_id: str) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            moved = Account(account.remote_id, account.handle, origin, account.secrets)
            connector = HarbourConnector(client, moved, read_blob)
            assert await connector.faults() == (Fault("ghost", "commit"),)
            await connector.clear()
            again = await connector.commit(parcel(), {})
            assert again.remote_id == remote_id
            assert len(await connector.timeline(9)) == 1

    with served(tmp_path) as origin:
        account, remote_id = asyncio.run(before(origin))
    with served(tmp_path) as origin:
        asyncio.run(after(origin, account, remote_id))


def test_a_forked_process_opens_the_file_anew(tmp_path: Path) -> None:
    harbour = Harbour(tmp_path)
    harbour.connect("Ann", Guarantee.NONE)

    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        harbour.connect("Bob", Guarantee.NONE)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0

    token = harbour.connect("bob", Guarantee.NONE)["token"]
    assert harbour.enter(token) == harbour.connect("BOB", Guarantee.NONE)["id"]
    harbour.close()


def test_building_the_network_writes_nothing_until_it_is_used(tmp_path: Path) -> None:
    async def story() -> None:
        network = build(tmp_path / "sandbox")
        assert network.app is not None
        assert not (tmp_path / "sandbox").exists()

        transport = httpx.ASGITransport(network.app)
        async with httpx.AsyncClient(transport=transport) as client:
            connector = await enter(network.manifest.default_origin, client, Guarantee.HANDLE)
            handle = await connector.prepare(parcel(), {}, ignore)
            await connector.commit(parcel(), handle)

        assert (tmp_path / "sandbox" / "harbour.db").exists()

    asyncio.run(story())
