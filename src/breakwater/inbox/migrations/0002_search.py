"""The full-text index of messages: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from django.db import migrations

SQLITE = """CREATE VIRTUAL TABLE inbox_found USING fts5(
    words, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
)"""
POSTGRESQL = (
    "CREATE TABLE inbox_found (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX inbox_found_words ON inbox_found USING gin (words)",
)


def forwards(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE inbox_found")


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_begin")]

    operations = [migrations.RunPython(forwards, backwards)]
