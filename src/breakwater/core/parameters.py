"""How many values one statement may have."""

import sqlite3

from django.db.backends.base.base import BaseDatabaseWrapper

_MOST = 10_000


def as_many_as_it_takes(connection: BaseDatabaseWrapper, **_: object) -> None:
    """SQLite takes as many as it was built for, 32,766 and more for years; Django still counts on 999,
    and writes a batch of messages with seven statements where one does."""
    if connection.vendor == "sqlite":
        takes = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = max(999, min(takes, _MOST))
