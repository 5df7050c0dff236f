"""Rules: on which messages they act, and what of their stored form is believed."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.automation import (
    KINDS,
    Case,
    conditions_of,
    matches,
    spares_criticism,
)
from breakwater.domain.automation_deeds import DEEDS, Action, actions_of, silences
from breakwater.domain.business_hours import Hours, is_open
from breakwater.domain.errors import Invalid
from breakwater.domain.scoring.scores import Head
from breakwater.domain.triage import Category

SUNDAY_NIGHT = datetime(2026, 11, 29, 22, 30, tzinfo=UTC)
"""23:30 in Paris."""
WORK = Hours("Europe/Paris", {day: [(time(9), time(18))] for day in range(5)})
SOME = Case(
    network="sandbox", kind="comment", text="Where is my order? https://shop.example/48213",
    category="question", at=SUNDAY_NIGHT, chances={"question": 0.8, "abusive": 0.1}, rank=3,
    language="en", so_far=1, veiled=0, equal=4,
)  # fmt: skip
LABEL = UUID(int=7)


def holds(row: dict[str, Any], case: Case = SOME) -> bool:
    return matches(case, conditions_of([row]), WORK)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ({"what": "network", "of": ["sandbox"]}, {"what": "network", "of": ["other"]}),
        ({"what": "kind", "of": ["comment", "tag"]}, {"what": "kind", "of": ["message"]}),
        ({"what": "words", "query": "order OR commande"}, {"what": "words", "query": "order -where"}),
        (
            {"what": "score", "head": "question", "least": 80},
            {"what": "score", "head": "abusive", "least": 11},
        ),
        ({"what": "category", "of": ["question"]}, {"what": "category", "of": ["abuse"]}),
        ({"what": "veiled", "level": 3}, {"what": "veiled", "level": 1}),
        ({"what": "author", "least": 1, "most": 1}, {"what": "author", "least": 2}),
        ({"what": "author_veiled", "least": 0}, {"what": "author_veiled", "least": 1}),
        ({"what": "link", "there": True}, {"what": "link", "there": False}),
        ({"what": "language", "of": ["en"]}, {"what": "language", "of": ["fr"]}),
        (
            {"what": "time", "from": "22:00", "to": "06:00", "days": [6]},
            {"what": "time", "from": "22:00", "to": "06:00", "days": [0]},
        ),
        (
            {"what": "time", "from": "23:30", "to": "23:31", "days": [6]},
            {"what": "time", "from": "09:00", "to": "23:30", "days": [6]},
        ),
        (
            {"what": "time", "from": "00:00", "to": "00:00", "days": [6]},
            {"what": "time", "from": "00:00", "to": "00:00", "days": [0, 1, 2, 3, 4, 5]},
        ),
        ({"what": "hours", "open": False}, {"what": "hours", "open": True}),
        ({"what": "equal", "least": 4}, {"what": "equal", "least": 5}),
    ],
)  # fmt: skip
def test_each_condition_holds_or_not(yes: dict[str, Any], no: dict[str, Any]) -> None:
    assert holds(yes) is True
    assert holds(no) is False


def test_a_message_that_nobody_scored_has_no_score_and_no_rank() -> None:
    bare = Case("sandbox", "comment", "…", "other", SUNDAY_NIGHT, {})

    assert not holds({"what": "score", "head": "abusive", "least": 1}, bare)
    assert not holds({"what": "veiled", "level": 3}, bare)


def test_the_team_works_within_its_hours_only() -> None:
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    closed = Hours(WORK.zone, WORK.week, frozenset({monday.date()}))

    assert [is_open(monday, one) for one in (WORK, closed, Hours("UTC"))] == [True, False, True]
    assert not is_open(monday.replace(hour=17), WORK)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ({}, "rule_shape"),
        (["network"], "rule_shape"),
        ([], "rule_no_condition"),
        ([{"what": "mood"}], "rule_condition"),
        ([{"of": ["sandbox"]}], "rule_condition"),
        ([{"what": "network", "of": ["nowhere"]}], "rule_value"),
        ([{"what": "network", "of": []}], "rule_value"),
        ([{"what": "kind", "of": ["telegram"]}], "rule_value"),
        ([{"what": "category", "of": ["rage"]}], "rule_value"),
        ([{"what": "score", "head": "rage", "least": 50}], "rule_value"),
        ([{"what": "score", "head": "abusive", "least": 101}], "rule_value"),
        ([{"what": "score", "head": "abusive", "least": True}], "rule_value"),
        ([{"what": "veiled", "level": 9}], "rule_value"),
        ([{"what": "author", "least": 3, "most": 2}], "rule_value"),
        ([{"what": "link", "there": "yes"}], "rule_value"),
        ([{"what": "time", "from": "25:00", "to": "06:00", "days": [0]}], "rule_value"),
        ([{"what": "time", "from": "05:00", "to": "06:00", "days": [7]}], "rule_value"),
        ([{"what": "words", "query": '"open'}], "search_quote"),
        ([{"what": "words", "query": "-without"}], "search_only_without"),
        ([{"what": "link", "there": True}, {"what": "link", "there": True}], "rule_twice"),
    ],
)
def test_conditions_that_nobody_knows_are_refused(stored: object, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        conditions_of(stored, networks=["sandbox"])

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("hide", "rule_shape"),
        ([], "rule_no_action"),
        ([{"do": "remove"}], "rule_action"),
        ([{"do": "label"}], "rule_value"),
        ([{"do": "hide", "of": str(LABEL)}], "rule_value"),
        ([{"do": "answer", "of": "Hello"}], "rule_value"),
        ([{"do": "hide"}, {"do": "hide"}], "rule_twice"),
        ([{"do": "label", "of": str(LABEL)}, {"do": "label", "of": str(LABEL)}], "rule_twice"),
        ([{"do": "aside"}, {"do": "done"}], "rule_aside_done"),
    ],
)
def test_actions_that_nobody_knows_are_refused(stored: object, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions_of(stored)

    assert refusal.value.code == code


def test_actions_are_done_in_one_order_whatever_the_order_they_were_written_in() -> None:
    found = actions_of([{"do": "done"}, {"do": "answer", "of": str(LABEL)}, {"do": "assign"}])

    assert [one.do for one in found] == ["assign", "answer", "done"]
    assert not silences(found)
    assert silences([Action("hide")])


def test_a_rule_spares_criticism_only_where_it_says_what_else_it_reaches() -> None:
    limited = conditions_of([{"what": "category", "of": ["abuse", "spam"]}])
    wider = conditions_of([{"what": "category", "of": ["abuse", "complaint"]}])
    toxic = conditions_of([{"what": "score", "head": "abusive", "least": 90}])

    assert [spares_criticism(one) for one in (limited, wider, toxic)] == [True, False, False]


_ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "network": st.lists(st.sampled_from(["sandbox", "other"]), min_size=1, max_size=5).map(lambda of: {"of": of}),
    "kind": st.lists(st.sampled_from(KINDS), min_size=1, max_size=5).map(lambda of: {"of": of}),
    "category": st.lists(st.sampled_from([one.value for one in Category]), min_size=1, max_size=5).map(
        lambda of: {"of": of}
    ),
    "words": st.sampled_from(["order", "refund", "ord*"]).map(lambda query: {"query": query}),
    "score": st.tuples(st.sampled_from([one.value for one in Head]), st.integers(1, 100)).map(
        lambda both: {"head": both[0], "least": both[1]}
    ),
    "veiled": st.integers(0, 3).map(lambda level: {"level": level}),
    "author": st.tuples(st.integers(0, 5), st.integers(5, 9)).map(
        lambda both: {"least": both[0], "most": both[1]}
    ),
    "equal": st.integers(0, 9).map(lambda least: {"least": least}),
    "link": st.booleans().map(lambda there: {"there": there}),
    "hours": st.booleans().map(lambda open_: {"open": open_}),
}  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(sorted(_ROWS)), min_size=1, max_size=6, unique=True))
    return [{"what": name, **draw(_ROWS[name])} for name in names]


@given(rules())
def test_a_rule_acts_where_all_of_its_conditions_hold_in_any_order(
    rows: list[dict[str, Any]],
) -> None:
    whole = conditions_of(rows)

    assert matches(SOME, whole, WORK) is all(holds(row) for row in rows)
    assert matches(SOME, whole[::-1], WORK) is matches(SOME, whole, WORK)
    assert not matches(SOME, [], WORK)


@given(rules())
def test_what_is_stored_is_read_back_the_same(rows: list[dict[str, Any]]) -> None:
    once = conditions_of(rows)

    assert conditions_of([one.stored() for one in once]) == once


@given(st.lists(st.sampled_from(DEEDS), min_size=1, unique=True))
def test_actions_are_read_back_the_same(names: list[str]) -> None:
    of = {"label": str(LABEL), "answer": str(LABEL)}
    rows = [{"do": name, "of": of.get(name)} for name in names if name != "aside"] or [
        {"do": "hide"}
    ]

    once = actions_of(rows)

    assert actions_of([one.stored() for one in once]) == once


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["what", "do", "of", "least", "level", "days"]), inner)))  # fmt: skip
def test_whatever_is_stored_is_read_or_refused_with_a_code(stored: object) -> None:
    for read in (conditions_of, actions_of):
        code = ""
        try:
            read(stored)
        except Invalid as refusal:
            code = refusal.code
        assert not code or code.startswith(("rule_", "search_"))
