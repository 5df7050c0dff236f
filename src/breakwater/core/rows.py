"""Writing many rows at once, each with values of its own."""

from collections.abc import Iterable, Sequence

from django.db import connection, models


def write_rows(rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Those fields of those rows (of one model, all there) are in the database.

    Same as `bulk_update`, whose one long CASE statement costs more to build than all the rest
    of a delivery: here it is one short statement, which the driver runs for each row.
    """
    if not rows:
        return
    meta = rows[0]._meta
    wanted = [meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    columns = [field for field in wanted if isinstance(field, models.Field)]
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in columns)
    key = meta.pk
    sql = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(str(key.column))} = %s"  # noqa: S608
    values = [
        [
            field.get_db_prep_save(getattr(row, field.attname), connection)
            for field in (*columns, key)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
