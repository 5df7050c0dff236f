"""The shipped scenarios: whole in both languages, in order, fictional, and true to their sources."""

import re

import pytest

from breakwater.domain.errors import Invalid
from breakwater.drills.script import CHANNELS, Scenario, Words, said, scenario, scenarios

ALL = list(scenarios().values())
REAL = re.compile(
    r"burger king|mcdonald|wendy|red cross|croix-rouge|rifle|\bnra\b|onion|twitter|facebook|aurora",
    re.IGNORECASE,
)
by_name = pytest.mark.parametrize("one", ALL, ids=[one.slug for one in ALL])


def played(one: Scenario) -> list[Words]:
    return [one.brand, *(line.text for line in one.lines), *(post.text for post in one.routine)]


def test_there_are_five_in_their_order() -> None:
    assert list(scenarios()) == ["hijack", "wrong_account", "after_a_tragedy", "joke", "pile_on"]


def test_the_hijack_is_55_posts_in_75_minutes_on_three_accounts() -> None:
    hijack = scenario("hijack")
    posts = [line for line in hijack.lines if line.what == "post"]

    assert hijack.posts == len(posts) == 55
    assert hijack.minutes == 75
    assert {line.channel for line in posts} == {0, 1, 2}
    assert posts[0].after_s == 0
    assert 74 * 60 <= posts[-1].after_s <= 75 * 60
    assert [line.text["en"] for line in hijack.lines if line.what == "profile"] == ["Puffin Diner"]


@by_name
def test_everything_is_there_in_both_languages(one: Scenario) -> None:
    words = [one.name, one.about, *played(one)]
    if one.case is not None:
        words += [one.case.title, *(fact.text for fact in one.case.facts)]

    assert [text for text in words if not (text["en"].strip() and text["fr"].strip())] == []
    assert {language: len(names) for language, names in one.channels.items()} == {
        "en": CHANNELS, "fr": CHANNELS,
    }  # fmt: skip


@by_name
def test_it_begins_at_once_and_goes_forward(one: Scenario) -> None:
    moments = [line.after_s for line in one.lines]

    assert moments[0] <= 120
    assert moments == sorted(moments)
    assert moments[-1] <= one.minutes * 60


@by_name
def test_no_two_posts_of_it_say_the_same(one: Scenario) -> None:
    for language in ("en", "fr"):
        posts = [line.text[language] for line in one.lines if line.what == "post"]

        assert len(posts) == len(set(posts))


@by_name
def test_who_is_played_is_invented(one: Scenario) -> None:
    said_there = [text for words in played(one) for text in words.values()]

    assert [text for text in said_there if REAL.search(text)] == []


@by_name
def test_what_is_told_of_others_has_its_sources(one: Scenario) -> None:
    if one.case is None:
        assert one.slug == "pile_on"
        return

    assert one.case.sources
    assert [url for url in one.case.sources if not url.startswith(("https://", "http://"))] == []
    told = {fact.minute for fact in one.case.facts}
    assert set(one.case.minutes.values()) <= told


def test_the_case_of_the_hijack_is_told_with_its_times() -> None:
    case = scenario("hijack").case

    assert case is not None
    assert case.minutes == {"noticed": 23, "contained": 75}


def test_a_scenario_that_is_none_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        scenario("flood")

    assert refused.value.code == "drill_scenario"


def test_a_text_is_said_in_english_where_there_is_no_other() -> None:
    assert said({"en": "Fog.", "fr": "Brume."}, "fr-FR") == "Brume."
    assert said({"en": "Fog.", "fr": "Brume."}, "de") == "Fog."
