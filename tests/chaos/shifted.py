"""A wall clock that the harness can move: a small library of ours, preloaded below a process."""

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SOURCE = Path(__file__).with_name("shifted_clock.cpp")


def environment(when: Path) -> dict[str, str]:
    """For processes whose wall clock `when` shifts; their monotonic clock is the true one."""
    return {"LD_PRELOAD": str(when.with_name("clock.so")), "CHAOS_CLOCK": str(when)}


def put(when: Path, offset_s: int) -> None:
    """Everybody below `when` is off by so much from this moment on."""
    with when.open("r+b", buffering=0) as file:
        file.write(struct.pack("=q", offset_s))


@contextmanager
def clock() -> Iterator[Path]:
    """The file, beside the library, where the database's user can read both. It is not off yet.

    Raises: subprocess.CalledProcessError where g++ cannot compile it.
    """
    folder = Path(tempfile.mkdtemp(prefix="bw-clock-", dir="/tmp"))
    folder.chmod(0o755)
    when = folder / "when"
    when.write_bytes(bytes(8))
    when.chmod(0o644)
    library = str(folder / "clock.so")
    subprocess.run(["g++", "-O2", "-shared", "-fPIC", "-o", library, str(_SOURCE)], check=True)
    Path(library).chmod(0o644)
    yield when
    shutil.rmtree(folder, ignore_errors=True)
