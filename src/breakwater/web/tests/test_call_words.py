"""Every call and budget that a shipped network names is said in words, in both languages."""

from dataclasses import replace

from django.utils import translation

from breakwater.channels.selectors import networks
from breakwater.networks.base import Budget
from breakwater.web.call_words import BUDGETS, CALLS, budget_word, call_word
from breakwater.web.manifest_lines import sections

_FRENCH_TOO = {"reels"}


def test_every_name_has_words_that_differ_in_french() -> None:
    names = {one.name for manifest in networks().values() for one in manifest.budgets}
    calls = {name for manifest in networks().values() for name in manifest.prices}
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = [*map(budget_word, sorted(names)), *map(call_word, sorted(calls))]

    assert names <= BUDGETS.keys()
    assert calls <= CALLS.keys()
    assert not [one for one in said["en"] if "_" in one]
    assert {en for en, fr in zip(said["en"], said["fr"], strict=True) if en == fr} <= _FRENCH_TOO
    assert len(set(said["fr"])) == len(set(said["en"]))


def test_a_network_says_its_budgets_in_words_and_a_plug_ins_own_names_as_they_are() -> None:
    mastodon = networks()["mastodon"]
    theirs = replace(mastodon, budgets=(Budget("tide_calls", 5, 60, "", "2026-11-28"),))
    with translation.override("en"):
        told = {str(one.title): one.lines for one in sections(mastodon)}
        own = [line for one in sections(theirs) for line in one.lines if line.coded]

    known = [(one.name, one.coded) for one in told["How many calls it allows"]]
    assert known == [("calls", False), ("pictures and videos", False), ("deletions", False)]
    assert [one.name for one in own] == ["tide_calls"]
    assert budget_word("tide_calls") == "tide calls"
