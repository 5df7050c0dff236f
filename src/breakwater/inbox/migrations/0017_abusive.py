"""What is said of messages, and what rules ask, is called abusive by now: toxic is what others call it.

On a large desk that takes minutes, and nobody waits for it.
"""

from typing import Any

from django.db import migrations

from breakwater.core.rows import fill


def call_abusive(apps: Any, _editor: Any) -> None:
    items, rules = (apps.get_model("inbox", name).objects for name in ("Item", "Rule"))
    fill(items, "reasons", lambda said: [_named(one) for one in said], of="reasons")
    fill(items, "chances", lambda said: {_named(k): v for k, v in said.items()}, of="chances")
    fill(rules, "conditions", lambda asked: [_renamed(one) for one in asked], of="conditions")


def _named(head: str) -> str:
    return "abusive" if head == "toxic" else head


def _renamed(condition: dict[str, Any]) -> dict[str, Any]:
    return {**condition, "head": _named(condition["head"])} if "head" in condition else condition


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_yes_to_many"), ("scoring", "0005_abusive")]
    operations = [migrations.RunPython(call_abusive, migrations.RunPython.noop)]
