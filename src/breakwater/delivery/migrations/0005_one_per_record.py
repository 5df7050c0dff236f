"""Of one channel no two deliveries write the same record."""

import secrets
from typing import Any

from django.db import migrations, models
from django.db.models import Count

from breakwater.domain.tid import ALPHABET


def keep_apart(apps: Any, _editor: Any) -> None:
    """Whatever came second to a key gets one of its own: the same moment, another end."""
    delivery = apps.get_model("delivery", "Delivery")
    keys = delivery.objects.values_list("channel_id", "record_key")
    twice = keys.annotate(rows=Count("pk")).filter(rows__gt=1).order_by()
    for channel, key, _ in list(twice):
        rows = delivery.objects.filter(channel_id=channel, record_key=key).order_by("created_at")
        for row in rows[1:]:
            end = "".join(secrets.choice(ALPHABET) for _ in range(6))
            delivery.objects.filter(pk=row.pk).update(record_key=key[:7] + end)


class Migration(migrations.Migration):
    dependencies = [("delivery", "0004_chains")]

    operations = [
        migrations.RunPython(keep_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=["channel", "record_key"], name="delivery_one_per_record"
            ),
        ),
    ]
