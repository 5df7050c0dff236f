"""Looking for messages by their words: the newest first, in a time that does not grow with the inbox."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from breakwater.domain.matching.grammar import parse
from breakwater.domain.matching.indexes import fts5, tsquery
from breakwater.domain.matching.query import All, Either, Mark, Not, Query
from breakwater.inbox.models import Item

MARKS = ("lang", "from", "network", "kind")
"""What may be asked for by name: lang:fr from:@kim network:… kind:message."""
PAGE = 30
_NEAR = 20_000
"""PostgreSQL looks through so many of the newest messages before it asks its index: for a common word
the index alone would gather a great part of all messages first."""

_SQLITE = "SELECT rowid FROM inbox_found WHERE inbox_found MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
_NEWEST = (
    "SELECT rowid FROM (SELECT rowid, words FROM inbox_found WHERE rowid < %s "
    "ORDER BY rowid DESC LIMIT %s) AS newest WHERE words @@ %s::tsquery ORDER BY rowid DESC LIMIT %s"
)
_ALL = (
    "WITH hits AS MATERIALIZED (SELECT rowid FROM inbox_found WHERE words @@ %s::tsquery) "
    "SELECT rowid FROM hits WHERE rowid < %s ORDER BY rowid DESC LIMIT %s"
)
_END = 2**63 - 1


def search(
    workspace_ids: Collection[UUID], text: str, *, before: int | None = None, limit: int = PAGE
) -> list[Item]:
    """Messages that have what is looked for, with arrival, contact and thread, the newest first.

    text: domain.matching.grammar. Raises: Invalid. Two queries, or three.
    """
    if not workspace_ids:
        return []
    places = Either(tuple(Mark("workspace", one.hex) for one in workspace_ids))
    wanted = _without_at(parse(text, MARKS))
    ids = _ids(All((places, wanted)), places, before or _END, limit)
    rows = Item.objects.select_related("arrival", "contact", "thread__channel", "thread__workspace")
    # Workspaces are compared here: asked of SQLite as well, it goes along all messages of theirs.
    found = {row.pk: row for row in rows.filter(pk__in=ids)}
    own = set(workspace_ids)
    return [found[one] for one in ids if one in found and found[one].workspace_id in own]


def _without_at(query: Query) -> Query:
    """A handle is the same with and without its sign."""
    match query:
        case Mark("from", value):
            return Mark("from", value.lstrip("@"))
        case All(parts):
            return All(tuple(_without_at(part) for part in parts))
        case Either(parts):
            return Either(tuple(_without_at(part) for part in parts))
        case Not(part):
            return Not(_without_at(part))
        case _:
            return query


def _ids(query: Query, every: Query, before: int, limit: int) -> list[int]:
    if connection.vendor != "postgresql":
        return _rows(_SQLITE, fts5(query, every), before, limit)
    asked = tsquery(query)
    near = _rows(_NEWEST, before, _NEAR, asked, limit)
    return near if len(near) == limit else _rows(_ALL, asked, before, limit)


def _rows(sql: str, *values: str | int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row for (row,) in cursor.fetchall()]
