"""A disk that is full: below the database, below the media, below the spool, below all of them."""

import errno
import os
from pathlib import Path

from breakwater.core import blobs
from breakwater.domain.errors import Problem
from tests.chaos.hands import rest
from tests.chaos.load import pour, recover, start
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

WORKERS = 2
_PER_TIME = 8
_END_S = 300.0
_BLOCK = b"\0" * 65_536


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    """counts: times. The spool is asked for when the database is away, so that goes with it."""
    stage.furnish(1)
    start(stage, WORKERS)
    for number in range(counts["times"]):
        names = (["database"], ["media"], ["database", "spool"], sorted(stage.disks))[number % 4]
        pour(stage, _PER_TIME, 2.0, pictures=0.5)
        rest(stage.random.uniform(0.1, 0.6))
        for name in names:
            fill(stage.disks[name])
        if "media" in names:
            tally.wrong += _refuses_whole(stage)
        rest(stage.random.uniform(0.5, 2.5))
        for name in names:
            make_room(stage.disks[name])
        stage.revive()
        recover(stage, tally)
        what = f"full: {'+'.join(names)}"
        tally.faults[what] = tally.faults.get(what, 0) + 1
    tally.seconds = stage.settle(_END_S) or _END_S


def fill(disk: Path) -> None:
    """Not one more block fits."""
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        os.fchmod(ballast.fileno(), 0o600)
        size = len(_BLOCK)
        while size:
            try:
                ballast.write(_BLOCK[:size])
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                size //= 2


def make_room(disk: Path) -> None:
    (disk / "ballast").unlink()


def _refuses_whole(stage: Stage) -> list[str]:
    """A picture that comes in now is refused in words, and leaves nothing half."""
    content = stage.random.randbytes(20_000)
    try:
        sha256 = blobs.store(content)
    except Problem as refused:
        return [] if refused.code == "disk_full" else [f"a full disk was called {refused.code}"]
    except OSError as error:
        return [f"a full disk came as {error!r}, not in words"]
    return [] if blobs.read(sha256) == content else ["a picture was stored by half"]
