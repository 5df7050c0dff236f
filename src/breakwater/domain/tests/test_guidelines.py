"""Drafts against what was written down, and patterns that would never come to an end."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from breakwater.domain.errors import Invalid
from breakwater.domain.guidelines import Draft, Effect, Kind, Rule, blocked, checked, findings

ID = UUID(int=1)
NOON = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
"""A Friday."""

REDOS = [
    r"(a+)+$", r"([a-zA-Z]+)*$", r"(a|aa)+$", r"(a|a?)+$", r"(.*a){20}$", r"(.*a){11}",
    r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(x+x+)+y", r"(\w+\s?)*!$", r"((a{1,50}){1,50}){1,50}",
    r"(a{1,100}){1,100}b", r"\b(\w+)\b.*\b\1\b.*\1.*\1.*\1$", r"(?:a?){50}a{50}", r"(?s).*.*.*.*x",
    r"([^,]*,)*[^,]*;", r"^(a?b?c?d?e?)*$", r"(?=(a+))(?=\1+b)", r"(((((((((a*)*)*)*)*)*)*)*)*)b",
    r"(?:(?:a|b)|(?:a|b))*c", r"(?:hello){e<=3}world", r"(?:abcdef){e<=5}", r"(?R)?a",
    r"(a(?1)?b)+c", r"(?V1)[[a-z]--[b]]+\d+$", r"\p{L}+\p{N}+\p{L}+$", r"^(\d+|\d+\s|\s)*$",
    r"(<[^>]*>)*<script", r"(.+)+\.(.+)+@(.+)+", r"^(([^@]+)@)+x$", r"(é|e|[[:alpha:]])+#",
]  # fmt: skip
"""Known ways to make a matcher run for ever, of public collections (OWASP, "ReDoS") and of our own."""


def _met(kind: Kind, value: Mapping[str, Any], *texts: str, leaves: datetime = NOON) -> list[str]:
    rule = Rule(ID, kind, checked(kind, value), Effect.BLOCK, "Because.")
    return [hit.found for hit in findings(Draft(texts, leaves), [rule], now=NOON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A KILLER deal, today only", ["killer deal"]),
        ("A killer-deal!", ["killer deal"]),
        ("A killer dealership", []),
        ("La fête est finie", ["fete"]),
        ("", []),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_accents(text: str, found: list[str]) -> None:
    assert _met(Kind.WORDS, {"words": ["killer deal", " ", "fete"]}, text) == found


def test_each_rule_is_said_once_however_many_texts_go_against_it() -> None:
    assert _met(Kind.WORDS, {"words": ["fog"]}, "Fog.", "Fog again.", "Fog.") == ["fog"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://Shop.Example.com/a?b=1", ["shop.example.com"]),
        ("See example.com.", ["example.com"]),
        ("See notexample.com or example.com.evil.test", []),
    ],
)
def test_a_domain_is_met_with_all_below_it(text: str, found: list[str]) -> None:
    assert _met(Kind.DOMAIN, {"domains": ["https://www.example.com/shop"]}, text) == found


@pytest.mark.parametrize(
    ("hour", "weekdays", "met"),
    [
        (23, [], True),
        (6, [], True),
        (7, [], False),
        (12, [], False),
        (23, ["4"], True),  # Friday night
        (6, ["4"], False),  # still Thursday's night
        (6, [3], True),
    ],
)
def test_hours_may_pass_midnight_and_belong_to_the_day_they_began_on(
    hour: int, weekdays: list[object], met: bool
) -> None:
    value = {"from": "22:00", "to": "07:00", "weekdays": weekdays}

    assert bool(_met(Kind.HOURS, value, "x", leaves=NOON.replace(hour=hour))) is met


def test_days_are_of_every_year_or_of_one() -> None:
    assert _met(Kind.DAY, {"days": ["11-13"]}, "x") == ["2026-11-13"]
    assert _met(Kind.DAY, {"days": ["2026-11-13"]}, "x") == ["2026-11-13"]
    assert _met(Kind.DAY, {"days": ["2025-11-13", "11-14"]}, "x") == []


def test_a_rule_counts_for_what_leaves_in_its_time() -> None:
    rule = Rule(ID, Kind.WORDS, {"words": ["fog"]}, Effect.WARN, "Because.", since=NOON, until=NOON)
    ever = Rule(ID, Kind.WORDS, {"words": ["fog"]}, Effect.WARN, "Because.", since=NOON)
    later = NOON.replace(hour=13)

    assert findings(Draft(("Fog",), later), [rule], now=NOON) == []
    assert len(findings(Draft(("Fog",), later), [ever], now=NOON)) == 1
    assert findings(Draft(("Fog",), NOON.replace(hour=11)), [ever], now=NOON) == []
    assert len(findings(Draft(("Fog",)), [ever], now=NOON)) == 1


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("words", {"words": []}, "guideline_no_words"),
        ("words", {"words": ["!?"]}, "guideline_word_empty"),
        ("words", {"words": ["a" * 101]}, "guideline_too_many"),
        ("domain", {"domains": ["nowhere"]}, "guideline_domain"),
        ("hours", {"from": "25:00", "to": "07:00"}, "guideline_time"),
        ("day", {"days": ["02-30"]}, "guideline_day"),
        ("day", {"days": ["Monday"]}, "guideline_day"),
        ("pattern", {"pattern": " "}, "pattern_empty"),
        ("pattern", {"pattern": "("}, "pattern_broken"),
        ("pattern", {"pattern": "x*"}, "pattern_always"),
        ("pattern", {"pattern": "a{1000}"}, "pattern_counts"),
        ("mood", {}, "guideline_kind"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_reason(
    kind: str, value: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        checked(kind, value)

    assert refused.value.code == code


@pytest.mark.parametrize("pattern", REDOS)
def test_a_pattern_is_refused_or_ends_within_its_time(pattern: str) -> None:
    """In processor time: other tests run beside this one."""
    begun = time.process_time()
    refused = _refused(pattern)
    took = time.process_time() - begun
    if refused:
        assert refused.startswith("pattern_")
        assert took < 0.1  # one text that it choked on, and reading it
        return
    rule = Rule(ID, Kind.PATTERN, {"pattern": pattern}, Effect.BLOCK, "Because.")
    for text in ("a" * 10_000 + "!", "ab1 " * 2_500 + "\x01", "x, " * 3_000):
        begun = time.process_time()
        findings(Draft((text,)), [rule], now=NOON)
        assert time.process_time() - begun <= 0.05


def _refused(pattern: str) -> str:
    try:
        checked("pattern", {"pattern": pattern})
    except Invalid as error:
        return error.code
    return ""


def test_what_could_not_be_checked_in_time_counts_as_found() -> None:
    rule = Rule(ID, Kind.PATTERN, {"pattern": "(x+x+)+y"}, Effect.BLOCK, "Because.")

    [hit] = findings(Draft(("x" * 10_000 + "\x01",)), [rule], now=NOON)

    assert hit.found == ""


def _of_words(word: str) -> Rule:
    return Rule(ID, Kind.WORDS, {"words": [word]}, Effect.BLOCK, "Because.")


def test_the_first_that_blocks_ends_the_look() -> None:
    asked: list[str] = []

    def rules() -> Iterator[Rule]:
        for word in ("rain", "fog", "storm"):
            asked.append(word)
            yield _of_words(word)

    assert blocked(Draft(("Sun.", "Fog.")), rules(), now=NOON)
    assert asked == ["rain", "fog"]
    assert not blocked(Draft(("Sun.",)), [_of_words("fog")], now=NOON)


def test_what_takes_longer_than_all_rules_may_together_is_held() -> None:
    assert blocked(Draft(("Sun.",)), [_of_words("fog")], now=NOON, budget_s=0)

    slow = [
        Rule(ID, Kind.PATTERN, {"pattern": f"(?:a|b|ab){{1,9}}c{n}"}, Effect.BLOCK, "Because.")
        for n in range(40)
    ]
    texts = tuple("ab" * 5_000 + str(n) for n in range(30))
    begun = time.thread_time()
    blocked(Draft(texts), slow, now=NOON)
    assert time.thread_time() - begun < 0.6
