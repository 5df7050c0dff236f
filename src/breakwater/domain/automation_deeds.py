"""What a rule of an inbox does to a message that it acts on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from breakwater.domain.automation import rows_of
from breakwater.domain.errors import Invalid


@dataclass(frozen=True)
class Action:
    """do: of DEEDS. of: id of the label, the saved answer or the person; None for those that need
    none, and for "assign" in turn."""

    do: str
    of: UUID | None = None

    def stored(self) -> dict[str, Any]:
        return {"do": self.do, "of": None if self.of is None else str(self.of)}


DEEDS = ("label", "assign", "aside", "hide", "mute", "answer", "done")
"""In the order in which they are done: set aside before hiding closes it, an answer before it is done."""
HARMLESS = frozenset({"label", "assign"})
"""All that happens by itself where somebody may be in danger."""
SILENCING = frozenset({"hide", "aside"})
"""Need a written reason."""
_NAMED = frozenset({"label", "answer"})
_EITHER = frozenset({"assign"})


def actions_of(stored: object) -> list[Action]:
    """In the order of DEEDS. Raises: Invalid "rule_shape", "rule_action" (a name that nobody knows),
    "rule_twice" (but several labels), "rule_value", "rule_no_action", "rule_aside_done"."""
    found = [_action(one) for one in rows_of(stored, "actions")]
    if not found:
        raise Invalid(code="rule_no_action", field="actions")
    names = [one.do for one in found if one.do != "label"]
    if len(set(names)) < len(names) or len(set(found)) < len(found):
        raise Invalid(code="rule_twice", field="actions")
    if {"aside", "done"} <= set(names):
        raise Invalid(code="rule_aside_done", field="actions")
    return sorted(found, key=lambda one: DEEDS.index(one.do))


def silences(actions: Sequence[Action]) -> bool:
    return any(one.do in SILENCING for one in actions)


def _action(row: Mapping[str, Any]) -> Action:
    do, of = row.get("do"), row.get("of")
    if not isinstance(do, str) or do not in DEEDS:
        raise Invalid(code="rule_action", field="actions", name=str(do)[:40])
    if of is None and do not in _NAMED:
        return Action(do)
    if of is None or do not in _NAMED | _EITHER:
        raise Invalid(code="rule_value", field=do)
    try:
        return Action(do, UUID(str(of)))
    except ValueError as error:
        raise Invalid(code="rule_value", field=do) from error
