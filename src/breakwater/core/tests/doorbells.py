"""A real server on 127.0.0.1 that takes pushes and webhooks: it keeps what came, and may refuse."""

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Rung:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Doorbell:
    """status: what it answers. What is sent to /slow/… is not answered for three seconds."""

    port: int = 0
    status: int = 201
    rung: list[Rung] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def all(self, path: str) -> list[Rung]:
        return [one for one in self.rung if one.path == path]

    def got(self, path: str) -> Rung:
        (one,) = self.all(path)
        return one

    def signed(self, path: str, secret: str) -> bool:
        """As a receiver checks it: standardwebhooks.com, "verifying signatures"."""
        one = self.got(path)
        said = (
            f"{one.headers['webhook-id']}.{one.headers['webhook-timestamp']}.".encode() + one.body
        )
        key = base64.b64decode(secret.removeprefix("whsec_"))
        mac = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        return f"v1,{mac}" in one.headers["webhook-signature"].split(" ")


@contextmanager
def doorbell(port: int = 0) -> Iterator[Doorbell]:
    bell, over = Doorbell(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            named = {name.lower(): value for name, value in self.headers.items()}
            bell.rung.append(Rung(self.path, named, body))
            if self.path.startswith("/slow/"):
                over.wait(3)
            self.send_response(bell.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    bell.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield bell
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
