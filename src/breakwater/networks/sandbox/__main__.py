"""`python -m breakwater.networks.sandbox --home DIR --port N`: the harbour on a socket.

It prints its address on the first line, with `--faults SEED:RATE` what is drawn on the second,
and goes when told to (SIGTERM, SIGINT).
"""

import argparse
import asyncio
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from breakwater.networks.sandbox.chances import Chances, chances_of
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.server import HarbourApp
from breakwater.networks.sandbox.sockets import listen


async def serve(home: Path, host: str, port: int, chances: Chances | None = None) -> None:
    """Returns when a signal asked for it; what was accepted stays in `home`.

    chances: of faults from now on; None leaves those that were set before.
    """
    harbour = Harbour(home)
    if chances is not None:
        harbour.take_chances(chances)
    server = await listen(HarbourApp(harbour), host, port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    bound = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://{host}:{bound}\n")
    if chances is not None:
        sys.stdout.write(f"faults: {json.dumps(asdict(chances))}\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()
    harbour.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="breakwater.networks.sandbox", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder of the SQLite file")
    parser.add_argument("--port", type=int, default=0, help="0 (default): a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--faults",
        type=_chances,
        metavar="SEED:RATE[:SCALE]",
        help="calls meet faults at random, RATE of them (0 to 1); their minutes are divided by SCALE",
    )
    asked = parser.parse_args()
    asyncio.run(serve(asked.home, asked.host, asked.port, asked.faults))


def _chances(text: str) -> Chances:
    try:
        return chances_of(dict(zip(("seed", "rate", "scale"), text.split(":"), strict=False)))
    except Refusal as no:
        raise argparse.ArgumentTypeError(f"not SEED:RATE[:SCALE]: {text}") from no


if __name__ == "__main__":
    main()
