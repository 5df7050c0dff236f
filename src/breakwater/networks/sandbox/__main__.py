"""`python -m breakwater.networks.sandbox --home DIR --port N`: the harbour on a socket.

It prints its address on the first line, and goes when told to (SIGTERM, SIGINT).
"""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.server import HarbourApp
from breakwater.networks.sandbox.sockets import listen


async def serve(home: Path, host: str, port: int) -> None:
    """Returns when a signal asked for it; what was accepted stays in `home`."""
    harbour = Harbour(home)
    server = await listen(HarbourApp(harbour), host, port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    bound = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://{host}:{bound}\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()
    harbour.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="breakwater.networks.sandbox", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder of the SQLite file")
    parser.add_argument("--port", type=int, default=0, help="0 (default): a free one")
    parser.add_argument("--host", default="127.0.0.1")
    asked = parser.parse_args()
    asyncio.run(serve(asked.home, asked.host, asked.port))


if __name__ == "__main__":
    main()
