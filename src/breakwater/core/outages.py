"""What a database that is away, or a disk without room, means for whoever waits for an answer."""

import errno
import sqlite3

from django.db import InterfaceError, OperationalError

from breakwater.domain.errors import Problem

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when a file cannot grow."""

_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_SQLITE_OURS = {sqlite3.SQLITE_ERROR}  # a mistake in a statement, such as a table that is not there
_POSTGRESQL_FULL = "53100"


def outage(error: BaseException | None) -> Problem | None:
    """Problem("disk_full") or Problem("database_away"); None when it is something else.

    Both pass by themselves once there is room, or the database is back.
    """
    if isinstance(error, OSError):
        return Problem(code="disk_full") if error.errno in FULL else None
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    cause = error.__cause__
    number = getattr(cause, "sqlite_errorcode", None)
    if number in _SQLITE_OURS:
        return None
    full = number in _SQLITE_FULL or getattr(cause, "sqlstate", None) == _POSTGRESQL_FULL
    return Problem(code="disk_full") if full else Problem(code="database_away")
