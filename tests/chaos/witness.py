"""The practice harbour with a witness at its door: `python -m tests.chaos.witness HOME DATA LOG`.

At each DELETE that reaches it, it looks whether the sealed evidence of that post is on disk whole,
and writes down what it saw. It prints its address.
"""

import asyncio
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.server import HarbourApp
from breakwater.networks.sandbox.sockets import listen

_ASKED = "SELECT state, blob FROM evidence_capture WHERE remote_id = ?"


@contextmanager
def watched(home: Path, data: Path, log: Path) -> Iterator[str]:
    """Its origin, while the block lasts."""
    command = [sys.executable, "-m", "tests.chaos.witness", str(home), str(data), str(log)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate(timeout=10)


def seen(log: Path) -> list[dict[str, Any]]:
    """What was written down: [{"post", "state", "whole"}], one for each DELETE."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines]


class Witness(HarbourApp):
    """The harbour; deletes are looked at before they are answered."""

    def __init__(self, harbour: Harbour, data: Path, log: Path) -> None:
        super().__init__(harbour)
        self._data, self._log = data, log

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked = scope["type"] == "http" and scope["method"] == "DELETE"
        if asked and scope["path"].startswith("/api/posts/"):
            self._look(scope["path"].removeprefix("/api/posts/"))
        await super().__call__(scope, receive, send)

    def _look(self, post: str) -> None:
        with closing(sqlite3.connect(self._data / "app.db", timeout=20)) as db:
            row = db.execute(_ASKED, (post,)).fetchone() or ("none", "")
        state, blob = row
        path = self._data / "blobs" / blob[:2] / blob[2:4] / blob
        whole = bool(blob) and path.is_file() and _digest(path) == blob
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"post": post, "state": state, "whole": whole}) + "\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def _serve(home: Path, data: Path, log: Path) -> None:
    server = await listen(Witness(Harbour(home), data, log), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(*map(Path, sys.argv[1:4])))
