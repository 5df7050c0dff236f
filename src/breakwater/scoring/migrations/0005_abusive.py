"""What a workspace's corrections and moves are about is called abusive by now: toxic is what others call it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HELD = 500


def call_abusive(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for name in ("Correction", "Move"):
        apps.get_model("scoring", name).objects.filter(head="toxic").update(head="abusive")
    opinion = apps.get_model("scoring", "SecondOpinion")
    for row in opinion.objects.filter(state="given").iterator(chunk_size=HELD):
        if "toxic" in (row.answer or {}):
            row.answer = {"abusive" if k == "toxic" else k: v for k, v in row.answer.items()}
            row.save(update_fields=["answer"])


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_withdrawn")]
    operations = [migrations.RunPython(call_abusive, migrations.RunPython.noop)]
