"""The manifest agrees with itself and with the code that refers to it."""

import re
from pathlib import Path

from breakwater.networks.base import Answer, Can, Kind, Medium, Proof, Purpose
from breakwater.networks.googlebusiness.manifest import MANIFEST, SCOPE

_FOLDER = Path(__file__).parent.parent
_SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.py"))
_PICTURE = Medium("0" * 64, "image/png", 1, 1, 1)


def test_every_question_has_an_answer_and_every_no_says_why() -> None:
    assert set(MANIFEST.can) == set(Can)
    assert [c for c, one in MANIFEST.can.items() if one.answer is Answer.NO and not one.note] == []
    assert {one.proof for one in MANIFEST.can.values()} == {Proof.UNPROVED}


def test_every_call_has_a_cost_of_a_budget() -> None:
    called = set(re.findall(r'"((?:posts|reviews|places|performance)\.(?:read|write))"', _SOURCE))

    assert called == set(MANIFEST.costs)
    assert {name for cost in MANIFEST.costs.values() for name in cost} == {"calls", "hours"}


def test_hours_are_a_form_that_is_asked_for() -> None:
    assert MANIFEST.form_of([]).name == "post"  # type: ignore[union-attr]
    assert MANIFEST.form_of([_PICTURE], "event").name == "event"  # type: ignore[union-attr]
    assert MANIFEST.form_of([], "hours").name == "hours"  # type: ignore[union-attr]
    assert MANIFEST.form_of([_PICTURE], "hours") is None
    assert Kind.PICTURE is _PICTURE.kind


def test_one_scope_opens_all() -> None:
    assert MANIFEST.scopes_for(Purpose.LISTEN) == (SCOPE,)
    assert MANIFEST.scopes_for(Purpose.PUBLISH) == (SCOPE,)
