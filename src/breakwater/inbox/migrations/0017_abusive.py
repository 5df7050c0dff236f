"""What is said of messages, and what rules ask, is called abusive by now: toxic is what others call it.

Messages are read in groups: on a large desk that takes minutes, and nobody waits for it.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HELD = 1_000


def call_abusive(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    items, found = apps.get_model("inbox", "Item").objects, []
    for row in items.exclude(chances={}).only("reasons", "chances").iterator(chunk_size=HELD):
        row.reasons = ["abusive" if one == "toxic" else one for one in row.reasons]
        row.chances = {"abusive" if k == "toxic" else k: v for k, v in row.chances.items()}
        found.append(row)
        if len(found) == HELD:
            items.bulk_update(found, ["reasons", "chances"])
            found = []
    items.bulk_update(found, ["reasons", "chances"])
    for rule in apps.get_model("inbox", "Rule").objects.all():
        asked = [_renamed(one) for one in rule.conditions]
        if asked != rule.conditions:
            rule.conditions = asked
            rule.save(update_fields=["conditions"])


def _renamed(condition: dict[str, object]) -> dict[str, object]:
    return {**condition, "head": "abusive"} if condition.get("head") == "toxic" else condition


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_yes_to_many"), ("scoring", "0005_abusive")]
    operations = [migrations.RunPython(call_abusive, migrations.RunPython.noop)]
