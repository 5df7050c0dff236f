"""Where the pages answer: BREAKWATER_LISTEN, read without Django."""

from breakwater.config import environment as env
from breakwater.domain.errors import Misconfigured

_LAST_PORT = 65535


def text() -> str:
    """As it was set: "127.0.0.1:8000"."""
    return env.text("LISTEN", "127.0.0.1:8000")


def address() -> tuple[str, int]:
    """Host and port. Raises: Misconfigured."""
    value = text()
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) <= _LAST_PORT:
        raise Misconfigured(
            "BREAKWATER_LISTEN",
            f"Set BREAKWATER_LISTEN to host:port, as in 127.0.0.1:8000, not {value!r}.",
        )
    return host.strip("[]"), int(port)
