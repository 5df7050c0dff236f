"""The stand-in on a real socket of 127.0.0.1: threads of this process, so that a test sees in.

with serving(MastodonStandin()) as standin: … standin.origin …
python -m tests.standins.base.server [PORT]    (prints its address, ends on Ctrl-C)
"""

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, TypeVar

from tests.standins.base.exchange import Reply, Request


class Answering(Protocol):
    """What can be served. origin: set before the first request. broke: it raised an exception."""

    origin: str

    def answer(self, request: Request) -> Reply: ...

    def broke(self, why: str) -> None: ...


Standin = TypeVar("Standin", bound=Answering)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, standin: Answering, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.standin = standin
        self.ending = threading.Event()
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left is no error of the server; anything else is a fault to be seen."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.standin.broke(repr(error))

    def end(self) -> None:
        """No socket of ours is open any more."""
        self.ending.set()
        self.shutdown()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._exchange()

    do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Silent: a test's output is its own."""

    def _exchange(self) -> None:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # whoever asked is gone: half a request is none
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        if path == "/favicon.ico":  # a browser's own idea, no call of either side
            self._send(Reply(404))
            return
        reply = self.server.standin.answer(Request(self.command, path, query, headers, body))
        if reply.stall_s:
            self.server.ending.wait(reply.stall_s)
        if reply.dropped:
            self.close_connection = True
            return
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


@contextlib.contextmanager
def serving(standin: Standin, port: int = 0) -> Iterator[Standin]:
    """The stand-in, reachable at `standin.origin` until the block ends. port 0: a free one."""
    server = _Server(standin, port)
    standin.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.end()
        thread.join()
