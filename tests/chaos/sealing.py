"""`python -m tests.chaos.sealing --kills 200`: no delete before its evidence is on disk.

An account is hijacked again and again, a person presses "not us", and the worker that seals and
deletes is killed (SIGKILL) at random instants and followed by another. A witness at the harbour's
door looks for the file at each DELETE. Exit status 1 when one came too early, or one never came.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import django

_POSTS = 12
_LONGEST_S = 240.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.chaos.sealing", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="bw-sealing-"))
    from tests.chaos import witness

    with witness.watched(home / "harbour", home / "data", home / "log") as origin:
        _set_up(home, origin)
        killed, rounds = _play(origin, asked.kills, random.Random(asked.seed))
        found = witness.seen(home / "log")
    early = [one for one in found if not one["whole"]]
    posts = {one["post"] for one in found}
    sys.stdout.write(
        f"{killed} kills, {rounds} hijacks, {len(found)} deletes of {len(posts)} posts reached the "
        f"harbour, {len(early)} before their evidence was on disk, "
        f"{rounds * _POSTS - len(posts)} never came\n"
    )
    return 1 if early or len(posts) != rounds * _POSTS else 0


def _set_up(home: Path, origin: str) -> None:
    for name in [one for one in os.environ if one.startswith("BREAKWATER_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "breakwater.config.settings",
        "BREAKWATER_DATA": str(home / "data"),
        "BREAKWATER_TIME_SCALE": "60",
        "BREAKWATER_ALLOWED_ORIGINS": origin,
        "BREAKWATER_LOG_LEVEL": "error",
    }
    django.setup()
    from django.core.management import call_command

    from tests.migrated import Migrated

    made = Migrated(home / "data" / "app.db")
    made.begin()
    call_command("migrate", verbosity=0)
    made.end()
    call_command("createcachetable", verbosity=0)


def _play(origin: str, kills: int, dice: random.Random) -> tuple[int, int]:
    """How many workers were killed, in how many hijacks."""
    from breakwater.workers import deliver, respond, tend
    from tests.chaos.hijack import Hijack

    del deliver, respond, tend  # in memory, so that no worker spends its short life on them
    scene, killed, rounds = Hijack(origin), 0, 0
    while killed < kills:
        rounds += 1
        scene.begin(_POSTS, rounds)
        begun = monotonic()
        while not scene.over():
            spared = monotonic() - begun > _LONGEST_S / 2
            killed += _one_worker(
                0.0 if spared or killed >= kills else dice.uniform(0.05, 2.5), scene
            )
            if monotonic() - begun > _LONGEST_S:
                return killed, rounds
        sys.stderr.write(f"{rounds} hijacks, {killed} kills\n")
    return killed, rounds


def _one_worker(seconds: float, scene: Any) -> int:
    """A worker lives that long; 0: until all is over. Whether it was killed at its work."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        _work()
    if not seconds:
        until = monotonic() + _LONGEST_S / 3
        while monotonic() < until and not scene.over():
            sleep(0.2)
    else:
        sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return int(bool(seconds) and not scene.over())


def _work() -> None:
    """The loops that a containment needs, until they are killed. Their mother has imported them."""
    from django.conf import settings

    from breakwater.workers import deliver, respond, tend

    async def work() -> None:
        common: dict[str, Any] = {"timings": settings.TIMINGS}
        places = {"locks": settings.LOCKS, "spool": settings.SPOOL}
        loops: Sequence[Any] = (
            deliver.DeliverLoop(**common, slots=8, **places),
            respond.RespondLoop(**common),
            tend.TendLoop(**common, **places),
        )
        await asyncio.gather(*(one.run() for one in loops))

    try:
        asyncio.run(work())
    finally:
        os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main())
