"""`python -m tests.load.quay --home DIR`: the practice harbour, each call answered after a pause.

The address is printed on the first line. Every call that could make something public is written
down as it arrives, before the pause: DIR/arrivals.jsonl; and so is every one that deletes a post:
DIR/deletes.jsonl. It goes when told to (SIGTERM).
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

ARRIVALS, DELETES = "arrivals.jsonl", "deletes.jsonl"
_SET_UP = ("/api/accounts", "/api/me")
_COMMIT = re.compile(r"POST /api/posts|PUT /api/records/.*|POST /api/containers/(.*)/publish")
_DELETE = re.compile(r"DELETE /api/posts/(.*)")


class SlowApp:
    """The harbour behind a wire that takes `pause_s`, except while accounts are set up.

    commit_s: what it takes for the calls that make something public.
    """

    def __init__(self, harbour: Harbour, home: Path, pause_s: float, commit_s: float) -> None:
        self._app = HarbourApp(harbour)
        self._home = home
        self._pause_s = pause_s
        self._commit_s = commit_s

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        call = f"{scope['method']} {scope['path']}"
        commit = _COMMIT.fullmatch(call)
        if commit:
            message = await receive()
            self._note(ARRIVALS, commit[1] or json.loads(message["body"])["text"])
            receive = _again(message)
        elif delete := _DELETE.fullmatch(call):
            self._note(DELETES, delete[1])
        if scope["path"] not in _SET_UP:
            await asyncio.sleep(self._commit_s if commit else self._pause_s)
        await self._app(scope, receive, send)

    def _note(self, log: str, what: str) -> None:
        """what: the text, or the container where the call names only that; of a delete the post."""
        at = datetime.now(UTC).isoformat()
        with (self._home / log).open("a", encoding="utf-8") as file:
            file.write(json.dumps([at, what]) + "\n")


def arrivals(home: Path) -> list[tuple[datetime, str]]:
    """When which commit call reached the quay in that folder: (at, text or container)."""
    return _noted(home / ARRIVALS)


def deletes(home: Path) -> list[tuple[datetime, str]]:
    """When which call to delete a post reached the quay in that folder: (at, the post's id)."""
    return _noted(home / DELETES)


def _noted(log: Path) -> list[tuple[datetime, str]]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [(datetime.fromisoformat(at), what) for at, what in map(json.loads, lines)]


def _again(message: Any) -> Receive:
    async def receive() -> Any:
        return message

    return receive


async def serve(home: Path, pause_s: float, commit_s: float) -> None:
    """Until SIGTERM."""
    home.mkdir(parents=True, exist_ok=True)
    harbour = Harbour(home)
    app = SlowApp(harbour, home, pause_s, commit_s)
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
