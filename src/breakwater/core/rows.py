"""Writing many rows at once, each with values of its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

_AT_ONCE = 1_000
_LENGTH = re.compile(r"\(.*\)")

Columns = Sequence["models.Field[object, object]"]


def write_rows(rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Those fields of those rows (of one model, all there) are in the database.

    Same as `bulk_update`, whose long CASE for each field costs more to build than all the rest of a
    delivery: here the values are one list of rows, which the database goes along once. Not a
    statement for each row either: each is a way to the database and back, at whose end a thread of a
    busy process waits for its turn. One query for each thousand rows; SQLite takes fewer at once.
    """
    if not rows:
        return
    meta = rows[0]._meta
    known = [meta.pk, *(meta.get_field(name) for name in fields)]
    columns = [field for field in known if isinstance(field, models.Field)]
    different = list({row.pk: row for row in rows}.values())
    step = min(_AT_ONCE, connection.ops.bulk_batch_size(columns, different))
    with connection.cursor() as cursor:
        for first in range(0, len(different), step):
            some = different[first : first + step]
            cursor.execute(_sql(meta.db_table, columns, len(some)), _values(some, columns))


def fill(rows: "models.Manager[Any]", field: str, value: Callable[[Any], Any], *, of: str) -> None:
    """That field of every row is the value of its field `of`: for migrations, which bring a column that
    could have been there all along. Along the key, a thousand at once."""
    last = None
    while some := list(_after(rows, last).only(of).order_by("pk")[:_AT_ONCE]):
        for row in some:
            setattr(row, field, value(getattr(row, of)))
        write_rows(some, [field])
        last = some[-1].pk


def _after(rows: "models.Manager[Any]", last: Any) -> "models.QuerySet[Any]":
    return rows.all() if last is None else rows.filter(pk__gt=last)


def _sql(table: str, columns: Columns, rows: int) -> str:
    """The list's columns are named column1, column2 … by both databases; the first is the key."""
    quote = connection.ops.quote_name
    key, *others = [quote(str(field.column)) for field in columns]
    sets = ", ".join(f"{name} = v.column{at}" for at, name in enumerate(others, start=2))
    first = ", ".join(_typed(field) for field in columns)
    more = ", (" + ", ".join(["%s"] * len(columns)) + ")"
    listed = f"(VALUES ({first}){more * (rows - 1)}) AS v"
    return f"UPDATE {quote(table)} SET {sets} FROM {listed} WHERE {quote(table)}.{key} = v.column1"  # noqa: S608


def _typed(field: "models.Field[object, object]") -> str:
    """PostgreSQL takes a column of a list for text unless its first value says otherwise. Without a
    length: a cast to one would cut off in silence what does not fit."""
    kind = field.cast_db_type(connection)
    if connection.vendor != "postgresql" or kind is None:
        return "%s"
    return f"CAST(%s AS {_LENGTH.sub('', kind)})"


def _values(rows: Sequence[models.Model], columns: Columns) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for row in rows for field in columns
    ]  # fmt: skip
