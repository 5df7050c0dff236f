"""What a delivery says is found without reading all of them."""

from typing import Any

from django.db import migrations, models

from breakwater.core.rows import fill
from breakwater.domain.parcels import wording_of


def remember(apps: Any, _editor: Any) -> None:
    """Those that are there have theirs."""
    fill(apps.get_model("delivery", "Delivery").objects, "wording", wording_of, of="payload")


class Migration(migrations.Migration):
    dependencies = [("delivery", "0007_by_accepted")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="wording",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["workspace", "wording"], name="delivery_by_wording"),
        ),
    ]
