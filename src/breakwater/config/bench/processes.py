"""Starting and stopping the product for a measurement, in a folder of its own."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
from django.test.utils import override_settings

from breakwater.core import http

START_S = 60.0
_TICK_S = 0.05


def environment(home: Path, port: int) -> dict[str, str]:
    """Ours without BREAKWATER_*, so that no setting of the machine bends a figure."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BREAKWATER_")}
    address = f"127.0.0.1:{port}"
    return {
        **kept,
        "BREAKWATER_DATA": str(home),
        "BREAKWATER_LISTEN": address,
        "BREAKWATER_PUBLIC_URL": f"http://{address}",
    }


@contextlib.contextmanager
def started(command: str, home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`breakwater <command>`, stopped by SIGTERM afterwards. Its log: <home>/bench.log."""
    with (home / "bench.log").open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "breakwater", command],
            env=environment(home, port),
            stdout=log,
            stderr=log,
        )
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=30)


def inside(part: str, home: Path, port: int) -> str:
    """What `breakwater bench --inside <part>` prints, run with that folder's settings."""
    return call("bench", home, port, "--inside", part)


def call(command: str, home: Path, port: int, *words: str) -> str:
    """What a command prints. Raises: RuntimeError with the end of what it complained."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "breakwater", command, *words],
        env=environment(home, port),
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"breakwater {command} {words} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(port: int) -> None:
    """Until the product answers. Raises: TimeoutError."""
    origin = f"http://127.0.0.1:{port}"
    with override_settings(ALLOWED_ORIGINS=frozenset({origin})):
        asyncio.run(_wait_for_page(origin))


async def _wait_for_page(origin: str) -> None:
    async with asyncio.timeout(START_S), http.client() as client:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(f"{origin}/healthz")).is_success:
                    return
            await asyncio.sleep(_TICK_S)


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for one in found:
        children = Path(f"/proc/{one}/task/{one}/children")
        if children.exists():
            found += [int(child) for child in children.read_text().split()]
    return found


def resident_mb(pids: list[int]) -> float:
    """Resident memory, summed (shared pages counted in each: the pessimistic figure)."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total / 1024


def cpu_s(pids: list[int]) -> float:
    """Seconds of processor time used so far, user and system."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
