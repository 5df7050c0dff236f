"""The one clock that decides: the database's. Read at the edges, passed in everywhere else."""

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    """The present, aware, UTC: PostgreSQL's clock, or this machine's on SQLite (same machine)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (moment,) = cursor.fetchone() or (None,)
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
    return datetime.now(UTC)  # noqa: TID251 - the one place
