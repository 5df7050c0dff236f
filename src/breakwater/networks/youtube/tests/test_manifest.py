"""The manifest agrees with itself and with the code that refers to it."""

import re
from pathlib import Path

from breakwater.networks.base import Answer, Can, Medium, Proof, Purpose
from breakwater.networks.youtube.manifest import MANIFEST

_FOLDER = Path(__file__).parent.parent
_SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.py"))
_VIDEO = Medium("0" * 64, "video/mp4", 1, 720, 1280)
_PICTURE = Medium("0" * 64, "image/png", 1, 1, 1)


def test_every_question_has_an_answer_and_every_no_says_why() -> None:
    assert set(MANIFEST.can) == set(Can)
    assert [c for c, one in MANIFEST.can.items() if one.answer is Answer.NO and not one.note] == []
    assert {one.proof for one in MANIFEST.can.values()} == {Proof.UNPROVED}


def test_every_cost_is_of_a_budget() -> None:
    budgets = {budget.name for budget in MANIFEST.budgets}

    assert {name for cost in MANIFEST.costs.values() for name in cost} == budgets


def test_every_call_has_a_cost() -> None:
    called = set(re.findall(r'"([a-z][A-Za-z]+\.(?:insert|update|delete|set|bind))"', _SOURCE))
    called |= {
        f"{what}.list" for what in re.findall(r'api\.(?:items|page|pages)\(\s*"(\w+)"', _SOURCE)
    }

    assert called <= set(MANIFEST.costs)
    assert len(called) > 25


def test_an_upload_costs_no_unit_of_the_others() -> None:
    assert MANIFEST.costs["videos.insert"] == {"uploads": 1}


def test_a_form_is_found_by_its_media_and_a_short_only_by_asking() -> None:
    assert MANIFEST.form_of([_VIDEO]).name == "video"  # type: ignore[union-attr]
    assert MANIFEST.form_of([_VIDEO], "short").name == "short"  # type: ignore[union-attr]
    assert MANIFEST.form_of([_PICTURE], "live").name == "live"  # type: ignore[union-attr]
    assert MANIFEST.form_of([]) is None
    assert MANIFEST.form_of([_PICTURE]) is None
    assert MANIFEST.form_of([_VIDEO, _VIDEO]) is None


def test_reading_asks_for_no_right_to_publish() -> None:
    scopes = MANIFEST.scopes_for(Purpose.LISTEN)

    assert not any(scope.endswith("youtube.upload") for scope in scopes)
    assert any(scope.endswith("yt-analytics.readonly") for scope in scopes)


def test_a_stand_in_serves_all_roles_and_google_its_own() -> None:
    assert MANIFEST.at("http://127.0.0.1:4", "hub") == "http://127.0.0.1:4"
    assert MANIFEST.at(MANIFEST.default_origin, "hub") == "https://pubsubhubbub.appspot.com"
