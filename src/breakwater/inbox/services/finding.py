"""The index of what people wrote: written with each message, gone with it."""

from collections.abc import Collection, Sequence

from django.db import connection

from breakwater.domain.matching.analyser import folded, words
from breakwater.domain.matching.indexes import indexed, vector
from breakwater.domain.matching.query import Document
from breakwater.inbox.models import Item

_INSERT = {
    "sqlite": "INSERT OR REPLACE INTO inbox_found(rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO inbox_found(rowid, words) VALUES (%s, %s::tsvector) "
    "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
}


def index(items: Sequence[Item]) -> None:
    """These messages are found by their words of now. They come with arrival, channel and contact."""
    write = indexed if connection.vendor == "sqlite" else vector
    rows = [(item.pk, write(document_of(item))) for item in items]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT[connection.vendor], rows)


def forget(item_ids: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM inbox_found WHERE rowid = %s", [(one,) for one in item_ids])


def document_of(item: Item) -> Document:
    """Its words, then its author's name; and facts about it."""
    arrival = item.arrival
    author = arrival.author
    handle = folded(str(author.get("handle", ""))).lstrip("@")
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
