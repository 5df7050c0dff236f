"""Rows of inbox_kept are only ever added: the database itself refuses the rest.

What may still be written: `sealed`, when it is sealed again with a newer key (its digest says that it
is the same), and what people say about having reported it.
"""

from django.db import migrations

TABLE = "inbox_kept"
FIXED = "id, created_at, workspace_id, arrival, why, digest, address_only"

POSTGRESQL = f"""
CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{TABLE} is append-only';
END $$;
CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OF {FIXED} ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only();
CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only();
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only();
"""
POSTGRESQL_BACK = f"""
DROP TRIGGER {TABLE}_no_truncate ON {TABLE};
DROP TRIGGER {TABLE}_no_delete ON {TABLE};
DROP TRIGGER {TABLE}_append_only ON {TABLE};
DROP FUNCTION {TABLE}_append_only();
"""
DEEDS = {"update": f"UPDATE OF {FIXED}", "delete": "DELETE"}
SQLITE = [
    f"CREATE TRIGGER {TABLE}_append_only_{name} BEFORE {deed} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    for name, deed in DEEDS.items()
]
SQLITE_BACK = [f"DROP TRIGGER {TABLE}_append_only_{name}" for name in DEEDS]


def forwards(apps, schema_editor):
    _run(schema_editor, [POSTGRESQL], SQLITE)


def backwards(apps, schema_editor):
    _run(schema_editor, [POSTGRESQL_BACK], SQLITE_BACK)


def _run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_pulse")]
    operations = [migrations.RunPython(forwards, backwards)]
