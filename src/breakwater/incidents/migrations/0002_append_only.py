"""The timeline, advice and verdicts are only ever added: the database itself refuses the rest.

Who did it may still become nobody, when a person is forgotten.
"""

from django.db import migrations

FIXED = {
    "incidents_entry": "id, incident_id, at, via, code, data, text",
    "incidents_advice": "id, created_at, incident_id, inputs, outcome, cluster, lines, edition",
    "incidents_verdict": "id, created_at, advice_id, decision, why",
}


def _postgresql(table, fixed):
    return f"""
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{table} is append-only';
END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {fixed} ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
"""


def _postgresql_back(table):
    return f"""
DROP TRIGGER {table}_no_truncate ON {table};
DROP TRIGGER {table}_no_delete ON {table};
DROP TRIGGER {table}_append_only ON {table};
DROP FUNCTION {table}_append_only();
"""


def _sqlite(table, fixed):
    deeds = {"update": f"UPDATE OF {fixed}", "delete": "DELETE"}
    return [
        f"CREATE TRIGGER {table}_append_only_{name} BEFORE {deed} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for name, deed in deeds.items()
    ]


def forwards(apps, schema_editor):
    for table, fixed in FIXED.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_postgresql(table, fixed))
        else:
            for statement in _sqlite(table, fixed):
                schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for table in FIXED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_postgresql_back(table))
        else:
            for name in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_append_only_{name}")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_begin")]
    operations = [migrations.RunPython(forwards, backwards)]
