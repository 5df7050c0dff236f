"""Time stamps of others over packages. One that was had is fixed: the database refuses the rest."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "evidence_stamp"
_HAD = "OLD.outcome = 'stamped'"
_SAYS = f"SELECT RAISE(ABORT, '{TABLE} is append-only')"
POSTGRESQL = f"""
CREATE TRIGGER {TABLE}_had BEFORE UPDATE OR DELETE ON {TABLE}
  FOR EACH ROW WHEN ({_HAD}) EXECUTE FUNCTION evidence_fixed();
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_fixed();
"""
SQLITE = (
    f"CREATE TRIGGER {TABLE}_had BEFORE UPDATE ON {TABLE} WHEN {_HAD} BEGIN {_SAYS}; END",
    f"CREATE TRIGGER {TABLE}_had_delete BEFORE DELETE ON {TABLE} WHEN {_HAD} BEGIN {_SAYS}; END",
)


def forwards(apps, schema_editor):
    ours = (POSTGRESQL,) if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in ours:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    """The table goes next, and its triggers with it."""


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0003_shredding_by_two'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='capture',
            name='stamp',
        ),
        migrations.AddField(
            model_name='head',
            name='stamps_to',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('outcome', models.CharField(blank=True, max_length=8)),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=30)),
                ('token', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(null=True)),
                ('authority', models.CharField(blank=True, max_length=200)),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stamp', to='evidence.link')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['due_at'], name='evidence_to_stamp')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'stamped'), _negated=True), models.Q(models.Q(('token', ''), _negated=True), ('at__isnull', False)), _connector='OR'), name='evidence_stamped_is_there')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
