"""Rows of audit_entry are only ever added: the database itself refuses the rest."""

from django.db import migrations

TABLE = "audit_entry"

POSTGRESQL = f"""
CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{TABLE} is append-only';
END $$;
CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only();
"""
POSTGRESQL_BACK = f"""
DROP TRIGGER {TABLE}_append_only ON {TABLE};
DROP FUNCTION {TABLE}_append_only();
"""
SQLITE = [
    f"CREATE TRIGGER {TABLE}_append_only_{deed} BEFORE {deed} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    for deed in ("update", "delete")
]
SQLITE_BACK = [f"DROP TRIGGER {TABLE}_append_only_{deed}" for deed in ("update", "delete")]


def forwards(apps, schema_editor):
    _run(schema_editor, [POSTGRESQL], SQLITE)


def backwards(apps, schema_editor):
    _run(schema_editor, [POSTGRESQL_BACK], SQLITE_BACK)


def _run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
