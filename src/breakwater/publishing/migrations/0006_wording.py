"""What a target says is found without reading all of them."""

from typing import Any

from django.db import migrations, models

from breakwater.core.rows import fill
from breakwater.domain.parcels import wording_of


def remember(apps: Any, _editor: Any) -> None:
    """Those that are there have theirs."""
    fill(apps.get_model("publishing", "Target").objects, "wording", wording_of, of="payload")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_statement")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="wording",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["wording"], name="publishing_by_wording"),
        ),
    ]
