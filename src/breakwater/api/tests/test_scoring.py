"""Scores over the API: bounded, in order, by the workspace's own words."""

import json

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.audit.models import Entry
from breakwater.core import clock
from breakwater.people.models import Workspace
from breakwater.people.roles import Role
from breakwater.scoring.models import Learnt, Term
from breakwater.scoring.tests.lessons import corrected

pytestmark = pytest.mark.django_db
SCORE, TERMS = "/w/harbour/score", "/w/harbour/scoring/terms"


def test_texts_are_scored_in_order_and_nothing_is_kept(ann_calls: Caller) -> None:
    found = said(ann_calls.post(SCORE, {"texts": ["Thank you!", "", "You idiot"], "explain": True}))

    kind, empty, rude = found["items"]
    assert (kind["band"], kind["stage"]) == ("clear", "model")
    assert kind["message"] == "Nothing in it is likely to hurt who reads it."
    assert (empty["band"], empty["stage"], empty["abstained"]) == (None, "nobody", "empty")
    assert rude["band"] in ("veiled", "held")
    assert rude["reasons"]
    assert "idiot" not in rude["message"]
    assert any("idiot" in "You idiot"[span["start"] : span["end"]] for span in rude["spans"])
    assert not Entry.objects.exists()


def test_a_term_is_added_counts_and_is_removed(ann_calls: Caller) -> None:
    made = said(ann_calls.post(TERMS, {"text": "Rotten fish", "effect": "deny"}))
    listed = said(ann_calls.get(TERMS))["items"]
    (veiled,) = said(ann_calls.post(SCORE, {"texts": ["rotten  FISH"]}))["items"]
    gone = ann_calls.ask("DELETE", f"{TERMS}/{made['id']}")
    (clear,) = said(ann_calls.post(SCORE, {"texts": ["rotten fish"]}))["items"]

    assert (made["words"], made["effect"], made["by"]) == ("rotten fish", "deny", "Ann")
    assert [one["id"] for one in listed] == [made["id"]]
    assert (veiled["band"], veiled["stage"], veiled["denied"]) == ("veiled", "term", [made["id"]])
    assert gone.status_code == 204
    assert clear["denied"] == []


@pytest.mark.parametrize(
    "wish",
    [
        {"texts": []},
        {"texts": ["a"] * 101},
        {"texts": ["a" * 20_001]},
        {"texts": ["a"], "language": "english"},
        {"texts": "a"},
    ],
)
def test_more_than_is_taken_is_refused(ann_calls: Caller, wish: dict[str, object]) -> None:
    assert ann_calls.post(SCORE, wish).status_code == 422


def test_a_hundred_long_texts_are_taken(ann_calls: Caller) -> None:
    answer = ann_calls.post(SCORE, {"texts": ["fog " * 500] * 100})

    assert answer.status_code == 200
    assert len(said(answer)["items"]) == 100


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"texts": ["fog " * 5_000] * 11},
         "The texts have more than 200000 characters together. Ask in several calls."),
        ({"texts": ["You idiot"] * 21, "explain": True},
         "At most 20 texts are explained at once. Ask in several calls."),
    ],
)  # fmt: skip
def test_a_call_that_would_keep_everybody_waiting_is_refused_with_the_way_round_it(
    ann_calls: Caller, wish: dict[str, object], sentence: str
) -> None:
    answer = ann_calls.post(SCORE, wish)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_ten_corrections_propose_a_move_that_is_made_and_taken_back(ann_calls: Caller) -> None:
    where = "/w/harbour/scoring"
    for n in range(10):
        wish = {"text": f"good morning {n}", "should": True, "head": "insult", "consent": n == 0}
        assert ann_calls.post(f"{where}/corrections", wish).status_code == 201
    (proposed,) = [
        one for one in said(ann_calls.get(f"{where}/thresholds"))["items"] if one["proposed"]
    ]
    moved = ann_calls.post(f"{where}/thresholds/move", {"head": "insult", "to": -0.05})
    again = ann_calls.post(f"{where}/thresholds/move", {"head": "insult", "to": -0.05})
    back = ann_calls.post(f"{where}/thresholds/back", {"head": "insult"})

    assert proposed == {
        "head": "insult", "moved": 0.0, "proposed": -0.05, "too_strict": 0, "too_mild": 10,
        "can_go_back": False,
    }  # fmt: skip
    assert (said(moved)["moved"], said(moved)["can_go_back"]) == (-0.05, True)
    assert again.status_code == 409
    assert said(back)["moved"] == 0
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["threshold.moved", "threshold.moved"]


def test_what_was_consented_to_is_exported_until_consent_is_taken_back(ann_calls: Caller) -> None:
    where = "/w/harbour/scoring/corrections"
    wish = {"text": "@kim good morning", "should": True, "head": "insult", "consent": True}
    made = said(ann_calls.post(where, wish))["items"][0]
    export = ann_calls.get(f"{where}/export")
    gone = ann_calls.ask("DELETE", f"{where}/{made['id']}/text")

    assert export["Content-Type"] == "application/x-ndjson"
    (line,) = [json.loads(one) for one in export.content.decode().splitlines()]
    assert (line["text"], line["head"], line["should"]) == ("@… good morning", "insult", True)
    assert gone.status_code == 204
    assert ann_calls.get(f"{where}/export").content == b""
    assert [one["kept"] for one in said(ann_calls.get(where))["items"]] == [False]


def test_who_only_sees_scores_and_changes_no_words(desk: Workspace) -> None:
    make_member(desk, kim := make_person("kim"), Role.VIEWER)
    caller = Caller(make_token(kim, desk))

    assert caller.post(SCORE, {"texts": ["fog"]}).status_code == 200
    assert caller.post(TERMS, {"text": "fog", "effect": "deny"}).status_code == 403
    assert not Term.objects.exists()


def test_the_reason_is_said_in_the_callers_language(ann_calls: Caller) -> None:
    french = {"Accept-Language": "fr"}

    (one,) = said(ann_calls.ask("POST", SCORE, {"texts": ["Merci !"]}, **french))["items"]

    assert one["message"] == "Rien n’y blessera probablement qui le lit."


def test_a_second_opinion_is_set_up_shown_without_its_key_and_switched_off(
    ann_calls: Caller,
) -> None:
    where = "/w/harbour/scoring/opinion"
    before = said(ann_calls.get(where))
    values = {"address": "https://api.example/v1", "key": "sk-kelp", "model": "kelp-1"}
    wish = {"scorer": "chat", "values": values, "daily_calls": 20, "micros_per_1k": 500_000}
    saved = ann_calls.put(where, wish)
    shown = ann_calls.get(where)
    gone = ann_calls.ask("DELETE", where)

    assert before["on"] is False
    assert {"chat", "moderation"} <= {one["id"] for one in before["plugins"]}
    assert said(saved)["daily_calls"] == 20
    assert said(shown)["values"] == {"address": "https://api.example/v1", "model": "kelp-1"}
    assert "sk-kelp" not in shown.content.decode() + saved.content.decode()
    assert gone.status_code == 204
    assert said(ann_calls.get(where))["on"] is False
    assert ann_calls.put(where, {**wish, "low": 0.1}).status_code == 422


def test_what_was_learnt_is_listed_used_and_taken_back(ann_calls: Caller, desk: Workspace) -> None:
    where = "/w/harbour/scoring/learning"
    corrected(desk, pairs=30, now=clock.now())
    listed = said(ann_calls.get(where))["items"]
    (proposed,) = [one for one in listed if one["proposed"]]
    wish = {"head": "insult", "seen": proposed["seen"]}
    used = ann_calls.post(f"{where}/use", wish)
    again = ann_calls.post(f"{where}/use", wish)
    back = ann_calls.post(f"{where}/back", {"head": "insult"})

    assert [one["head"] for one in listed] == ["abusive", "insult", "identity_hate", "sexual"]
    assert {one["why_not"] for one in listed} == {None, "few"}
    assert proposed["newest"] == {"of": 12, "now": 0, "alone": 0, "moved": 0, "learnt": 12}
    assert (proposed["too_strict"], proposed["too_mild"], proposed["in_use"]) == (30, 30, 0)
    assert (said(used)["in_use"], said(used)["can_go_back"], said(used)["proposed"]) == (
        60,
        True,
        False,
    )
    assert again.status_code == 409
    assert (said(back)["in_use"], said(back)["can_go_back"]) == (0, False)
    assert ann_calls.post(f"{where}/back", {"head": "insult"}).status_code == 404
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["learning.used", "learning.taken_back"]


def test_who_may_not_invite_uses_nothing_that_was_learnt(desk: Workspace) -> None:
    make_member(desk, kim := make_person("kim"), Role.APPROVER)
    caller = Caller(make_token(kim, desk))
    corrected(desk, pairs=30, now=clock.now())
    (seen,) = [
        one["seen"]
        for one in said(caller.get("/w/harbour/scoring/learning"))["items"]
        if one["proposed"]
    ]

    answer = caller.post("/w/harbour/scoring/learning/use", {"head": "insult", "seen": seen})

    assert answer.status_code == 403
    assert not Learnt.objects.exists()
