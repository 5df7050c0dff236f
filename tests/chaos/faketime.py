"""Debian's faketime below a process: its wall clock is what a file says."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LIBRARY = "faketime/libfaketimeMT.so.1"


def environment(when: Path) -> dict[str, str]:
    """For processes whose wall clock is what `when` says; their monotonic clock is left alone.

    Raises: RuntimeError with the mend where the library is not installed.
    """
    found = next(iter(sorted(Path("/usr/lib").glob(f"*/{_LIBRARY}"))), None)
    if found is None:
        raise RuntimeError("The clock scene needs Debian's package: apt-get install faketime")
    return {
        "LD_PRELOAD": str(found),
        "FAKETIME_TIMESTAMP_FILE": str(when),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_CACHE_DURATION": "1",  # seconds: processes notice within it, each by itself
        "NO_FAKE_STAT": "1",
    }


def put(when: Path, offset_s: int) -> None:
    """Everybody below `when` is off by so much from now on."""
    fresh = when.with_suffix(".new")
    fresh.write_text(f"{offset_s:+d}\n")
    fresh.chmod(0o644)
    os.replace(fresh, when)


@contextmanager
def clock() -> Iterator[Path]:
    """The file, in a folder that the database's user can read too. It shows the true time."""
    folder = Path(tempfile.mkdtemp(prefix="bw-clock-", dir="/tmp"))
    folder.chmod(0o755)
    put(folder / "when", 0)
    yield folder / "when"
    shutil.rmtree(folder, ignore_errors=True)
