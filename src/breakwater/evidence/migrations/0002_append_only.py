"""Links, signatures and looks at evidence are only ever added; what was asked for, and what a
sealed capture says of its package, is fixed: the database itself refuses the rest.

Of a sealed capture only an image of a minor may take the contents away: its address alone remains.
"""

from django.db import migrations

ADDED = {
    "evidence_link": "",
    "evidence_signature": "",
    "evidence_access": "",
}
ASKED = "id, created_at, workspace_id, channel_id, remote_id, url, why, asked_by_id, incident"
SEALED = "about, taken_at, missing, items, manifest_digest, package_digest, blob, number"
CAPTURE = "evidence_capture"
ABSENCE = "evidence_absence"


def _postgresql():
    yield """
CREATE FUNCTION evidence_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME;
END $$;
"""
    for table in ADDED:
        yield f"""
CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION evidence_fixed();
"""
    for table in (*ADDED, CAPTURE):
        yield f"""
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_fixed();
"""
    yield f"""
CREATE TRIGGER {CAPTURE}_no_delete BEFORE DELETE ON {CAPTURE}
  FOR EACH ROW EXECUTE FUNCTION evidence_fixed();
CREATE TRIGGER {CAPTURE}_asked BEFORE UPDATE OF {ASKED} ON {CAPTURE}
  FOR EACH ROW EXECUTE FUNCTION evidence_fixed();
CREATE TRIGGER {CAPTURE}_sealed BEFORE UPDATE OF {SEALED} ON {CAPTURE}
  FOR EACH ROW WHEN (OLD.state = 'sealed' AND NOT NEW.address_only)
  EXECUTE FUNCTION evidence_fixed();
CREATE TRIGGER {ABSENCE}_seen BEFORE UPDATE OR DELETE ON {ABSENCE}
  FOR EACH ROW WHEN (OLD.outcome <> '')
  EXECUTE FUNCTION evidence_fixed();
"""


def _postgresql_back():
    yield f"DROP TRIGGER {ABSENCE}_seen ON {ABSENCE};"
    for name in ("sealed", "asked", "no_delete"):
        yield f"DROP TRIGGER {CAPTURE}_{name} ON {CAPTURE};"
    for table in (*ADDED, CAPTURE):
        yield f"DROP TRIGGER {table}_no_truncate ON {table};"
    for table in ADDED:
        yield f"DROP TRIGGER {table}_fixed ON {table};"
    yield "DROP FUNCTION evidence_fixed();"


def _refused(name, deed, table, when=""):
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {deed} ON {table} {when}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _sqlite():
    for table in ADDED:
        yield _refused("fixed_update", "UPDATE", table)
        yield _refused("fixed_delete", "DELETE", table)
    yield _refused("no_delete", "DELETE", CAPTURE)
    yield _refused("asked", f"UPDATE OF {ASKED}", CAPTURE)
    yield _refused(
        "sealed", f"UPDATE OF {SEALED}", CAPTURE,
        "WHEN OLD.state = 'sealed' AND NOT NEW.address_only",
    )
    yield _refused("seen", "UPDATE", ABSENCE, "WHEN OLD.outcome <> ''")
    yield _refused("seen_delete", "DELETE", ABSENCE, "WHEN OLD.outcome <> ''")


def _sqlite_back():
    for table in ADDED:
        yield f"DROP TRIGGER {table}_fixed_update"
        yield f"DROP TRIGGER {table}_fixed_delete"
    for name in ("no_delete", "asked", "sealed"):
        yield f"DROP TRIGGER {CAPTURE}_{name}"
    for name in ("seen", "seen_delete"):
        yield f"DROP TRIGGER {ABSENCE}_{name}"


def _run(schema_editor, postgresql, sqlite):
    ours = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in ours():
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, _postgresql, _sqlite)


def backwards(apps, schema_editor):
    _run(schema_editor, _postgresql_back, _sqlite_back)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_begin")]
    operations = [migrations.RunPython(forwards, backwards)]
