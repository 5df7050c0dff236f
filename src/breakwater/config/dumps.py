"""Copying the database out and in: SQLite by its online backup, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection

from breakwater.domain.errors import Misconfigured

_MAGIC = b"SQLite format 3\x00"


def dump(to: Path) -> None:
    """A consistent copy of the database is at `to`; nobody had to stop."""
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["NAME"]), to)
    else:
        _program("pg_dump", "--format=custom", "--no-owner", f"--file={to}")


def load(source: Path) -> None:
    """The database is what `source` holds; what was in it before is gone."""
    if connection.vendor == "sqlite":
        _replace_sqlite(source)
    else:
        _program(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}", str(source),
        )  # fmt: skip


def is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def copy_sqlite(source: Path, to: Path) -> None:
    """A consistent copy of a database file that others may be writing."""
    before = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    after = sqlite3.connect(to)
    try:
        before.backup(after)
    finally:
        before.close()
        after.close()


def _replace_sqlite(source: Path) -> None:
    link = sqlite3.connect(source)
    verdict = link.execute("PRAGMA integrity_check").fetchone()
    link.close()
    if verdict != ("ok",):
        raise Misconfigured("backup", f"The backup's database is damaged: {verdict[0]}.")
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    fresh = target.with_name(f"{target.name}.restored")
    shutil.copyfile(source, fresh)
    fresh.replace(target)


def _program(name: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs; the password goes by the environment, not the command."""
    path = shutil.which(name)
    if path is None:
        raise Misconfigured(
            name, f"`{name}` was not found. Install PostgreSQL's client (postgresql-client)."
        )
    database = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {key: str(database[of]) for key, of in names.items() if database.get(of)}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, found on PATH
        [path, *arguments],
        env={**os.environ, **given, "PGDATABASE": database["NAME"]},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Misconfigured(name, f"`{name}` failed: {done.stderr.strip()}")
