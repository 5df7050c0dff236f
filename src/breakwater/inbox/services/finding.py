"""The index of what people wrote: written with each message, gone with it."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from breakwater.domain.matching.analyser import words
from breakwater.domain.matching.indexes import indexed, vector
from breakwater.domain.matching.query import Document
from breakwater.domain.text import unaccented
from breakwater.inbox.models import Item

_INSERT = {
    "sqlite": ("INSERT OR REPLACE INTO inbox_found(rowid, words) VALUES ", "(%s, %s)", ""),
    "postgresql": (
        "INSERT INTO inbox_found(rowid, words) VALUES ", "(%s, %s::tsvector)",
        " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
    ),
}  # fmt: skip
_AT_ONCE = 400
"""Rows of one statement."""

_STEP = 500
"""Pages of the index that are merged at once."""
_STEPS = 100_000
"""More than any index needs."""


def index(items: Sequence[Item]) -> None:
    """These messages are found by their words of now. They come with arrival, channel and contact.
    One query for each 400 of them."""
    write = indexed if connection.vendor == "sqlite" else vector
    begin, row, end = _INSERT[connection.vendor]
    for first in range(0, len(items), _AT_ONCE):
        some = items[first : first + _AT_ONCE]
        values = [value for item in some for value in (item.pk, write(document_of(item)))]
        with connection.cursor() as cursor:
            cursor.execute(begin + ", ".join([row] * len(some)) + end, values)


def forget(item_ids: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM inbox_found WHERE rowid = %s", [(one,) for one in item_ids])


def purge() -> None:
    """Words of what was forgotten are in no part of the index any more: FTS5 only marks them until its
    parts are merged, which is done step by step, so that nobody waits long. Outside of a transaction.
    """
    if connection.vendor != "sqlite":
        return
    pages = -_STEP  # the first step says that all parts are wanted, the others go on with it
    for _ in range(_STEPS):
        if not _merged(pages):
            return
        pages = _STEP


def _merged(pages: int) -> bool:
    """Whether there was anything left to merge."""
    with connection.cursor() as cursor:
        before = _changes(cursor)
        cursor.execute("INSERT INTO inbox_found(inbox_found, rank) VALUES ('merge', %s)", [pages])
        return _changes(cursor) - before > 1  # the command itself is one


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def document_of(item: Item) -> Document:
    """Its words, then its author's name; and facts about it."""
    arrival = item.arrival
    author = arrival.author
    handle = unaccented(str(author.get("handle", ""))).lstrip("@")
    marks = {
        "workspace": {item.workspace_id.hex},
        "network": {arrival.channel.network},
        "channel": {arrival.channel_id.hex},
        "kind": {item.what},
        "lang": {item.language} if item.language else set(),
        "from": {handle} if handle else set(),
    }
    said = words(f"{arrival.text} \n {author.get('name', '')} {handle}")
    return Document(tuple(said), {name: frozenset(some) for name, some in marks.items()})
