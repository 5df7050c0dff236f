"""Several processes on one file, a restart, and the command line."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Account, Fault, Kit
from breakwater.networks.sandbox import build
from breakwater.networks.sandbox.auth import HarbourAuth
from breakwater.networks.sandbox.chances import chances_of
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.tests.world import ignore, parcel, read_blob

pytestmark = pytest.mark.slow


def begin(home: Path, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "breakwater.networks.sandbox", "--home", str(home), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A harbour in a process of its own; its address."""
    process = begin(home)
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
    return HarbourConnector(
        client, Account(who.remote_id, who.handle, origin, secrets), Kit(read_blob)
    )


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


@pytest.mark.parametrize("guarantee", [Guarantee.LASTING_KEY, Guarantee.HOUR_KEY, Guarantee.NONE])
def test_what_it_said_to_have_accepted_outlives_its_kill(
    tmp_path: Path, guarantee: Guarantee
) -> None:
    async def send_until_it_dies(origin: str, process: "subprocess.Popen[str]") -> set[str]:
        accepted: set[str] = set()
        async with httpx.AsyncClient(trust_env=False) as client:
            connector = await enter(origin, client, guarantee)

            async def send(number: int) -> None:
                sent = await connector.commit(parcel(f"Wave {number}"), {})
                accepted.add(sent.remote_id)
                if len(accepted) == 40:
                    process.kill()

            await asyncio.gather(*(send(n) for n in range(200)), return_exceptions=True)
        return accepted

    process = begin(tmp_path)
    assert process.stdout is not None
    accepted = asyncio.run(send_until_it_dies(process.stdout.readline().strip(), process))
    process.communicate(timeout=10)

    harbour = Harbour(tmp_path)
    account = harbour.connect("Ann", guarantee)["id"]
    assert len(accepted) >= 40
    assert accepted <= {post["id"] for post in harbour.posts(account)}
    harbour.close()


def test_faults_by_chance_are_printed_and_stay_for_the_next_one(tmp_path: Path) -> None:
    process = begin(tmp_path, "--faults", "low tide:0.25:100")
    assert process.stdout is not None
    address, printed = process.stdout.readline(), process.stdout.readline()
    process.terminate()
    process.communicate(timeout=10)

    assert address.startswith("http://127.0.0.1:")
    assert printed.startswith("faults: ")
    wish = json.loads(printed.removeprefix("faults: "))
    assert (wish["seed"], wish["rate"], wish["scale"]) == ("low tide", 0.25, 100)
    harbour = Harbour(tmp_path)
    assert harbour.chances() == chances_of(wish)
    harbour.close()


def test_faults_that_are_no_chance_are_refused(tmp_path: Path) -> None:
    process = begin(tmp_path, "--faults", "tide:often")

    _, said = process.communicate(timeout=10)

    assert process.returncode == 2
    assert "not SEED:RATE[:SCALE]: tide:often" in said


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
            connector = HarbourConnector(client, moved, Kit(read_blob))
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
