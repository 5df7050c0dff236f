"""What a workspace's corrections and moves are about is called abusive by now: toxic is what others call it."""

from typing import Any

from django.db import migrations

from breakwater.core.rows import fill


def call_abusive(apps: Any, _editor: Any) -> None:
    for name in ("Correction", "Move"):
        apps.get_model("scoring", name).objects.filter(head="toxic").update(head="abusive")
    fill(apps.get_model("scoring", "SecondOpinion").objects, "answer", _renamed, of="answer")


def _renamed(answer: dict[str, float] | None) -> dict[str, float] | None:
    return answer and {"abusive" if k == "toxic" else k: v for k, v in answer.items()}


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_withdrawn")]
    operations = [migrations.RunPython(call_abusive, migrations.RunPython.noop)]
