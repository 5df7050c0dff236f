"""Outcomes that the database could not take yet, kept on the local disk, fsynced."""

import fcntl
import itertools
import json
import logging
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from breakwater.delivery.services.outcomes import Result
from breakwater.domain.guarantees import Outcome
from breakwater.domain.resolution import Next

log = logging.getLogger(__name__)


class Spool:
    """One file per group of results: `<folder>/outcomes-<lock key>-<number>.jsonl`.

    Groups are written side by side: a file of its own goes when its group is in the database,
    and takes nothing of another group with it.
    """

    def __init__(self, folder: Path, lock_key: int) -> None:
        self._folder = folder
        self._key = lock_key
        self._numbers = itertools.count(1)

    def keep(self, results: Sequence[Result]) -> Path | None:
        """The file that holds the results, on disk for certain; None (logged) when it could
        not be written."""
        path = self._folder / f"outcomes-{self._key}-{next(self._numbers)}.jsonl"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with path.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(_plain(result)) + "\n" for result in results)
                out.flush()
                os.fsync(out.fileno())
            _sync(self._folder)
        except OSError:
            log.exception("spool.not_written results=%d", len(results))
            return None
        return path

    def clear(self, path: Path | None) -> None:
        """What was kept there is in the database now. A file that stays is taken in once more."""
        if path is not None:
            with suppress(OSError):
                path.unlink()


def left_behind(folder: Path, gone: Callable[[int], bool]) -> Generator[tuple[Path, list[Result]]]:
    """The spools of workers that are gone, with what they hold. A torn last line is skipped.

    A file is locked while it is out: of two processes that take in, one gets it.
    """
    for path in sorted(folder.glob("outcomes-*.jsonl")):
        key = path.stem.split("-")[1]
        if not key.isdigit() or not gone(int(key)):
            continue
        with (
            suppress(FileNotFoundError, BlockingIOError),
            path.open(encoding="utf-8", errors="replace") as spooled,
        ):
            fcntl.flock(spooled, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists():
                yield path, list(_read(spooled, path))


def put_aside(path: Path) -> None:
    """The file is no longer taken in; it is kept beside, as `.refused`."""
    path.rename(path.with_suffix(".refused"))


def _sync(folder: Path) -> None:
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(lines: Iterable[str], path: Path) -> Iterator[Result]:
    for line in lines:
        try:
            yield _result(json.loads(line))
        except (ValueError, KeyError, TypeError):
            log.warning("spool.torn_line path=%s", path.name)


def _plain(result: Result) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(result), default=_text))  # type: ignore[no-any-return]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def _result(data: dict[str, Any]) -> Result:
    step = data.pop("next")
    worker = data.pop("worker_id")
    return Result(
        **{
            **data,
            "delivery_id": UUID(data["delivery_id"]),
            "worker_id": UUID(worker) if worker else None,
            "outcome": Outcome(data["outcome"]),
            "at": datetime.fromisoformat(data["at"]),
            "seen": tuple(data["seen"]),
            "next": Next(**{**step, "at": datetime.fromisoformat(step["at"])}),
        }
    )
