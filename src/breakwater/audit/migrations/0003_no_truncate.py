"""audit_entry cannot be emptied at once either: PostgreSQL's TRUNCATE passes by triggers for rows.

SQLite has no TRUNCATE: its DELETE without WHERE fires the trigger of 0002 for each row.
"""

from django.db import migrations

TABLE = "audit_entry"

FORWARDS = f"""
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only();
"""
BACKWARDS = f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE};"


def forwards(apps, schema_editor):
    _run(schema_editor, FORWARDS)


def backwards(apps, schema_editor):
    _run(schema_editor, BACKWARDS)


def _run(schema_editor, statement):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
