"""Outcomes that the database could not take yet, kept on the local disk, fsynced."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
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
    """One file per incarnation: `<folder>/outcomes-<lock key>.jsonl`."""

    def __init__(self, folder: Path, lock_key: int) -> None:
        self._folder = folder
        self._path = folder / f"outcomes-{lock_key}.jsonl"

    def keep(self, results: Sequence[Result]) -> bool:
        """The results are on disk; False (logged) when the disk does not take them either."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as out:
                out.writelines(json.dumps(_plain(result)) + "\n" for result in results)
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            log.exception("spool.not_written results=%d", len(results))
            return False
        return True

    def clear(self) -> None:
        """What was kept is in the database now."""
        self._path.unlink(missing_ok=True)


def left_behind(folder: Path, gone: Callable[[int], bool]) -> Iterator[tuple[Path, list[Result]]]:
    """The spools of workers that are gone, with what they hold. A torn last line is skipped."""
    for path in sorted(folder.glob("outcomes-*.jsonl")):
        key = path.stem.removeprefix("outcomes-")
        if key.isdigit() and gone(int(key)):
            yield path, list(_read(path))


def _read(path: Path) -> Iterator[Result]:
    for line in path.read_text(encoding="utf-8").splitlines():
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
