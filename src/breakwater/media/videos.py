"""Videos and documents taken in: judged by their content, videos packed anew by a process apart."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from breakwater.core import blobs
from breakwater.domain.errors import Invalid, Problem
from breakwater.media.turns import turn

PDF = "application/pdf"
_PACKING_S = 600
_PREFIX = ".packing-"
_LEFT_BEHIND_S = 6 * 3600
_PIECE = 1024 * 1024
_HEAD = 4096
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_MATROSKA = b"\x1a\x45\xdf\xa3"


@dataclass(frozen=True)
class Packed:
    """A video as it is kept. cover: JPEG bytes of its first frame."""

    sha256: str
    size: int
    mime: str
    width: int
    height: int
    length_ms: int
    cover: bytes


def looks_like(head: bytes) -> str:
    """ "video", "document" or "picture", by the first bytes of a file."""
    if head[4:8] in _BOXES or head.startswith(_MATROSKA):
        return "video"
    return "document" if head.startswith(b"%PDF-") else "picture"


def packed(source: BinaryIO) -> Packed:
    """The video, without what its file says beside pictures and sound, stored.

    Raises: Invalid with upload_too_big, video_unknown, video_codec, video_damaged, pictures_busy;
    Problem("disk_full").
    """
    with _workshop() as folder:
        came, made, cover = (folder / name for name in ("came", "made.mp4", "cover.jpg"))
        _written(source, came, settings.VIDEO_MAX_BYTES)
        with turn():
            facts = _apart(came, made, cover)
        if refused := facts.get("refused"):
            if refused == "disk_full":
                raise Problem(code="disk_full", needed=came.stat().st_size)
            raise Invalid(code=str(refused), field="picture")
        size = made.stat().st_size
        return Packed(
            sha256=blobs.store_file(made),
            size=size,
            mime=str(facts["mime"]),
            width=int(facts["width"]),
            height=int(facts["height"]),
            length_ms=int(facts["length_ms"]),
            cover=cover.read_bytes(),
        )


def document(source: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of a PDF, stored as it came: networks draw it, we only hand it on.

    Raises: Invalid("upload_too_big", "document_damaged"); Problem("disk_full").
    """
    with _workshop() as folder:
        came = folder / "came.pdf"
        size = _written(source, came, settings.DOCUMENT_MAX_BYTES)
        with came.open("rb") as file:
            file.seek(max(0, size - _HEAD))
            if b"%%EOF" not in file.read():
                raise Invalid(code="document_damaged", field="picture")
        return blobs.store_file(came), size


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder beside the blobs, so that what is made there is moved and not copied. Those that a
    killed process left are cleared away: a film may lie in each."""
    home = Path(settings.BLOBS)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=home) as folder:
        made_at = Path(folder).stat().st_mtime
        for old in home.glob(f"{_PREFIX}*"):
            with suppress(OSError):  # another process may be at it
                if made_at - old.stat().st_mtime > _LEFT_BEHIND_S:
                    shutil.rmtree(old)
        yield Path(folder)


def _written(source: BinaryIO, target: Path, limit: int) -> int:
    size = 0
    with target.open("wb") as out:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise Invalid(code="upload_too_big", field="picture", limit_mb=limit // 1024**2)
            out.write(piece)
    return size


def _apart(came: Path, made: Path, cover: Path) -> dict[str, Any]:
    """What the other process says. Whatever happens to it, it is only "damaged" here."""
    program = [sys.executable, "-I", "-m", "breakwater.media.packing"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, paths of our own making
            [*program, str(came), str(made), str(cover)], capture_output=True, check=True,
            timeout=_PACKING_S, text=True, env={},  # none of our secrets beside a stranger's film
        )  # fmt: skip
        facts: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": "video_damaged"}
    return facts
