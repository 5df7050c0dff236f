from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The table of the database cache (settings.CACHES); already there: nothing is done."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL(
            migrations.RunSQL.noop, reverse_sql='DROP TABLE IF EXISTS "core_cache"'
        ),
    ]
