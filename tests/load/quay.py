"""`python -m tests.load.quay --home DIR`: the practice harbour, each call answered after a pause.

The address is printed on the first line. Every call that could make something public is written
down as it arrives, before the pause: DIR/arrivals.jsonl. It goes when told to (SIGTERM).
"""

import argparse
import asyncio
import json
import re
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.replies import Send
from breakwater.networks.sandbox.server import HarbourApp, Receive
from breakwater.networks.sandbox.sockets import listen

ARRIVALS = "arrivals.jsonl"
_SET_UP = ("/api/accounts", "/api/me")
_COMMIT = re.compile(r"POST /api/posts|PUT /api/records/.*|POST /api/containers/(.*)/publish")


class SlowApp:
    """The harbour behind a wire that takes `pause_s`, except while accounts are set up.

    commit_s: what it takes for the calls that make something public.
    """

    def __init__(self, harbour: Harbour, arrivals: Path, pause_s: float, commit_s: float) -> None:
        self._app = HarbourApp(harbour)
        self._arrivals = arrivals.open("a", encoding="utf-8")
        self._pause_s = pause_s
        self._commit_s = commit_s

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        commit = _COMMIT.fullmatch(f"{scope['method']} {scope['path']}")
        if commit:
            message = await receive()
            self._note(commit[1] or json.loads(message["body"])["text"])
            receive = _again(message)
        if scope["path"] not in _SET_UP:
            await asyncio.sleep(self._commit_s if commit else self._pause_s)
        await self._app(scope, receive, send)

    def _note(self, what: str) -> None:
        """what: the text, or the container where the call names only that."""
        at = datetime.now(UTC).isoformat()
        self._arrivals.write(json.dumps([at, what]) + "\n")
        self._arrivals.flush()


def arrivals(home: Path) -> list[tuple[datetime, str]]:
    """When which commit call reached the quay in that folder: (at, text or container)."""
    lines = (home / ARRIVALS).read_text(encoding="utf-8").splitlines()
    return [(datetime.fromisoformat(at), what) for at, what in map(json.loads, lines)]


def _again(message: Any) -> Receive:
    async def receive() -> Any:
        return message

    return receive


async def serve(home: Path, pause_s: float, commit_s: float) -> None:
    """Until SIGTERM."""
    home.mkdir(parents=True, exist_ok=True)
    harbour = Harbour(home)
    app = SlowApp(harbour, home / ARRIVALS, pause_s, commit_s)
    server = await listen(app, "127.0.0.1", 0)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()
    harbour.close()


if __name__ == "__main__":
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--home", type=Path, required=True)
    wanted.add_argument("--pause", type=float, default=0.05, help="seconds")
    wanted.add_argument("--commit", type=float, help="seconds, of a commit call; as --pause")
    options = wanted.parse_args()
    commit_s = options.pause if options.commit is None else options.commit
    asyncio.run(serve(options.home, options.pause, commit_s))
