"""The practice harbour on many addresses of this machine: `python -m tests.chaos.quays HOME PORT`.

127.0.0.1 and those after it, all on one port (0: a free one), which is printed. To the product each is a network
of its own, as its circuits are one for each network: trouble at one quay leaves the others in
peace, and nothing waits for what a fault plan did elsewhere.
"""

import asyncio
import ipaddress
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.server import HarbourApp
from breakwater.networks.sandbox.sockets import listen

_FIRST = ipaddress.IPv4Address("127.0.0.1")
MOST = 40
"""Addresses that a scene may have."""


def addresses(count: int = MOST) -> list[str]:
    return [str(_FIRST + number) for number in range(count)]


def origins(port: int) -> list[str]:
    return [f"http://{address}:{port}" for address in addresses()]


@contextmanager
def served(home: Path, port: int = 0, where: Sequence[str] = ()) -> Iterator[int]:
    """The port, while the block lasts. port 0: a free one; where: what a command line begins
    with to run there (on another host, say)."""
    command = [*where, sys.executable, "-m", "tests.chaos.quays", str(home), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate(timeout=10)


async def _serve(home: Path, hosts: Sequence[str], port: int) -> None:
    app = HarbourApp(Harbour(home))
    servers = [await listen(app, hosts[0], port)]
    port = servers[0].sockets[0].getsockname()[1]
    servers += [await listen(app, host, port) for host in hosts[1:]]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), addresses(), int(sys.argv[2])))
