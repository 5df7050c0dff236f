"""Serve the pages and the API at BREAKWATER_LISTEN (127.0.0.1:8000) until stopped.

One process, one event loop; behind a proxy for the public (docs/operate.md).
"""

import argparse
import asyncio
import errno
import importlib
import signal
import socket

from django.conf import settings
from granian.constants import Interfaces
from granian.server.embed import Server

from breakwater.config import checks, listening
from breakwater.config.terminal import say
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing: what it needs are settings."""


def run(_options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now, watched=True)
    host, port = listening.address()
    refuse_taken(host, port)
    say(f"Breakwater answers at {settings.PUBLIC_URL}")
    asyncio.run(_serve(host, port))
    return 0


def refuse_taken(host: str, port: int) -> None:
    """Nothing; Misconfigured when the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured("BREAKWATER_LISTEN", _mend(error, host, port)) from error


async def _serve(host: str, port: int) -> None:
    """The embedded server: one process less than granian's own command, so 30 MB less."""
    asgi = importlib.import_module("breakwater.config.asgi")  # after the checks: it loads the pages
    server = Server(
        asgi.application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_dictconfig=settings.LOGGING,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    hang_up = importlib.import_module("breakwater.web.inbox_live").hang_up
    ending: set[asyncio.Task[None]] = set()

    async def end() -> None:
        """Streams have no end of their own, and the server would wait for it."""
        await hang_up()
        server.stop()  # type: ignore[no-untyped-call]  # granian says no types

    def stop() -> None:
        ending.add(loop.create_task(end()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()


def _mend(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. Stop it, or choose another with "
            f"BREAKWATER_LISTEN={host}:{port + 1} BREAKWATER_PUBLIC_URL=http://{host}:{port + 1}."
        )
    return f"BREAKWATER_LISTEN={host}:{port} cannot be used here: {error.strerror}."
