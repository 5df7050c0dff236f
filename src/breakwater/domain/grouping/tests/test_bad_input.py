"""Texts made to hurt are grouped like others, or stand alone; quickly."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.state import restored, saved
from breakwater.domain.grouping.tests.saying import said

LATE = "My parcel never arrived"


@pytest.mark.parametrize(
    "text",
    ["", " ", "😀😀😀", "\ud800", "\u202eabc\u202c", "#" * 5_000, "@" * 5_000, "RT " * 2_000,
     "a" * 1_000_000, "a " * 500_000, "e" + "\u0301" * 10_000, "#A" * 3_000, "日本語の文です"],
    ids=lambda text: f"{text[:3]!a} {len(text)}",
)  # fmt: skip
def test_it_is_taken_quickly_and_the_others_are_grouped_all_the_same(text: str) -> None:
    groups = Groups()
    begun = perf_counter()

    groups.add([said("bad", text), said("a", LATE), said("b", "Still waiting for my order")])

    assert perf_counter() - begun < 0.5
    assert groups.group("a") == groups.group("b") == "topic:late"
    assert groups.group("bad") is None


def test_of_a_text_that_is_one_long_word_no_more_is_kept_than_of_a_word() -> None:
    groups = Groups()
    groups.add(said(str(at), f"{'zorbulat' * 400} quux{at}") for at in range(4))

    kept = [term for terms in groups.decisions.burst.terms.values() for term in terms]

    assert kept
    assert max(len(term.shown) for term in kept) == 60


@given(st.lists(st.text(max_size=80), max_size=20))
def test_any_text_can_be_grouped_kept_and_removed(texts: list[str]) -> None:
    groups = Groups()
    groups.add(said(str(at), text) for at, text in enumerate(texts))

    again = restored(saved(groups))
    groups.remove([str(at) for at in range(len(texts))])

    assert len(again.kept) == len(texts)
    assert (groups.kept, groups.texts, groups.places.members) == ({}, {}, {})


def test_the_state_of_another_version_is_refused() -> None:
    state = {**saved(Groups()), "version": 0}

    with pytest.raises(ValueError, match="version 0"):
        restored(state)
