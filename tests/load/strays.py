"""How soon people know of a post that nobody here sent."""

import json
import socket
from collections.abc import Iterator

from breakwater.config.bench.figures import Figure, quantile
from tests.load.places import place

USUAL = 200
GOAL_S = 5.0


def figures(database: str, times: int = USUAL) -> Iterator[Figure]:
    """From the network's push until the mail is in its folder and the webhook has been received; one
    worker with all its loops."""
    port = _free_port()
    bell = f"http://127.0.0.1:{port}"
    with place(database) as here:
        here.more = {
            "BREAKWATER_MAIL_URL": f"file://{here.home}/mails",
            "BREAKWATER_ALLOWED_ORIGINS": bell,
        }
        here.inside("begin_strays", bell)
        here.hire()
        took = json.loads(here.inside("strays", times, port))["seconds"]
    p50, p99, most = quantile(took, 0.5), quantile(took, 0.99), max(took)
    what = f"{times} strays pushed, {database}: to mail and webhook p50 / p99 / most"
    yield Figure(what, f"{p50:.1f} / {p99:.1f} / {most:.1f} s", "≤ 5 s", most <= GOAL_S)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
