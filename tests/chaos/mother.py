"""A process that has imported the product once and forks workers from itself, in milliseconds.

`python -m tests.chaos.mother` reads one JSON line a wish: {"log": path, "plan": …}. It answers
each with the child's process id. A child runs `breakwater work` and nothing else; a plan says
where it must die (tests/chaos/kill_at.py) or how it is naive (tests/chaos/naive.py).
Children die with their mother, so that nothing outlives the harness.
"""

import ctypes
import gc
import json
import os
import random
import signal
import sys
from typing import Any

import django

from breakwater.config.cli import dispatch

_PR_SET_PDEATHSIG = 1


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "breakwater.config.settings"
    django.setup()
    plans = _imported()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to bury the children
    gc.freeze()
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if child == 0:
            _become_worker(wish, plans)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _imported() -> dict[str, Any]:
    """Everything that a worker needs is in memory; no connection is open, no thread runs."""
    from breakwater.channels import installed
    from breakwater.config.commands import work
    from tests.chaos import kill_at, naive

    installed.manifests()
    return {"kill_at": kill_at.arm, "naive": naive.arm, "work": work.run}


def _become_worker(wish: dict[str, Any], plans: dict[str, Any]) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _streams(wish["log"])
    random.seed()
    status = 1
    try:
        for name, plan in wish["plan"].items():
            plans[name](plan)
        status = dispatch(["work"])
    finally:
        os._exit(status)


def _streams(log: str) -> None:
    """Nothing of the mother's own streams is left to the child."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)


if __name__ == "__main__":
    main()
