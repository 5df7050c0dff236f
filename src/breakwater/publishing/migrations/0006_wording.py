"""What a target says is found without reading all of them."""

from typing import Any

from django.db import migrations, models

from breakwater.domain.text import wording

_AT_ONCE = 500


def remember(apps: Any, _editor: Any) -> None:
    """Those that are there have theirs."""
    rows = apps.get_model("publishing", "Target").objects
    last, some = None, [True]
    while some:
        left = rows.filter(pk__gt=last) if last else rows.all()
        some = list(left.only("payload").order_by("pk")[:_AT_ONCE])
        for row in some:
            said = row.payload.get("text", "") if isinstance(row.payload, dict) else ""
            row.wording, last = wording(str(said)), row.pk
        rows.bulk_update([row for row in some if row.wording], ["wording"], batch_size=_AT_ONCE)


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
