"""A database with all migrations applied, made once and copied by every test session and installation.

Applying them costs a test process some ten seconds; a copy costs none. It is made anew whenever a
migration changes, or what migrations read, or Django.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO

import django
import psycopg

from tests.cluster import programs

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "breakwater"
KEPT = ROOT / "build" / "test-databases"


class Migrated:
    """A database at `name`, that Django is about to make: begin, let Django migrate, end."""

    def __init__(self, name: Path) -> None:
        self._name, self._kept = name, KEPT / f"{_digest()}.db"
        self._lock: IO[str] | None = None

    def begin(self) -> None:
        """A copy is there; or there is none to copy, and others wait until this one is kept."""
        KEPT.mkdir(parents=True, exist_ok=True)
        self._lock = open(KEPT / "lock", "w", encoding="ascii")  # noqa: SIM115 (end closes it)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if self._kept.exists():
            self._name.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._kept, self._name)
            self._let_go()

    def end(self) -> None:
        """Migrated, as it is now, it is kept for others, unless it was a copy."""
        if self._lock is None:
            return
        for old in KEPT.glob("*.db"):
            old.unlink()
        made = self._kept.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(self._name)) as source:
            source.execute("VACUUM INTO ?", [str(made)])
        made.rename(self._kept)
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def copy(name: Path) -> None:
    """A migrated database is at `name`, where nothing is and one is kept: migrating it further costs
    nothing. Else nothing is there."""
    kept = KEPT / f"{_digest()}.db"
    if name.exists() or not kept.exists():
        return
    name.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(kept, name)


def fill(url: str) -> bool:
    """The PostgreSQL database at `url`, if it is empty, has all tables, where a dump is kept. Whether
    it is empty still, so that `keep` may dump it once it is migrated."""
    kept = KEPT / f"{_digest()}.sql"
    with closing(psycopg.connect(url)) as there:
        found = there.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    if found != (0,):
        return False
    if kept.exists():
        _run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", str(kept))
    return not kept.exists()


def keep(url: str) -> None:
    """The migrated database at `url` is kept as a dump, for `fill`."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{_digest()}.sql"
    made = kept.with_suffix(f".{os.getpid()}")
    _run("pg_dump", "-d", url, "-f", str(made))
    for old in KEPT.glob("*.sql"):
        old.unlink(missing_ok=True)
    made.rename(kept)


def _run(program: str, *arguments: str) -> None:
    subprocess.run(
        [str(programs() / program), *arguments], check=True, capture_output=True, text=True
    )


def _digest() -> str:
    found = hashlib.sha256(django.get_version().encode())
    for path in sorted([*SRC.glob("*/migrations/*.py"), *SRC.glob("*/data/**/*")]):
        if path.is_file():
            found.update(str(path.relative_to(SRC)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:32]
