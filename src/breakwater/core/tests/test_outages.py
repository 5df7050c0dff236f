"""A database that is away and a full disk are told from mistakes of ours."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from breakwater.core.outages import outage


def _raised(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def _sqlite(path: str, *statements: str) -> sqlite3.OperationalError:
    try:
        with closing(sqlite3.connect(path)) as file:
            for statement in statements:
                file.execute(statement)
    except sqlite3.OperationalError as error:
        return error
    raise AssertionError("it worked")


def _code(error: BaseException | None) -> str:
    found = outage(error)
    return found.code if found else ""


def test_a_file_that_cannot_grow_is_a_full_disk() -> None:
    error = _sqlite(
        ":memory:", "CREATE TABLE t (x)", "PRAGMA max_page_count=2", "INSERT INTO t VALUES (zeroblob(99999))"
    )  # fmt: skip

    assert _code(_raised(error)) == "disk_full"


def test_a_file_that_is_not_there_is_a_database_that_is_away(tmp_path: Path) -> None:
    assert _code(_raised(_sqlite(str(tmp_path / "no" / "app.db")))) == "database_away"


def test_a_missing_table_is_a_mistake_of_ours() -> None:
    assert _code(_raised(_sqlite(":memory:", "SELECT * FROM nowhere"))) == ""


def test_postgresql_says_it_by_its_state() -> None:
    assert _code(_raised(psycopg.errors.DiskFull("no space left"))) == "disk_full"
    assert _code(_raised(psycopg.errors.AdminShutdown("bye"))) == "database_away"
    assert _code(_raised(psycopg.OperationalError("connection refused"))) == "database_away"
    assert _code(InterfaceError("connection already closed")) == "database_away"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_the_systems_own_word_for_it(number: int) -> None:
    assert _code(OSError(number, "no room")) == "disk_full"


@pytest.mark.parametrize(
    "error", [None, OSError(errno.EPERM, "no"), TimeoutError(), ProgrammingError(), ValueError()]
)
def test_everything_else_is_something_else(error: BaseException | None) -> None:
    assert _code(error) == ""
