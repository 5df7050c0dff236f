"""Hashes of words, and of the words that are an edit away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.known import OCTAVE, RUDE, hashes, sums, within
from breakwater.domain.scoring.tests.spelt import known

letters = st.text(alphabet="abcdxyz*'é\ud800", min_size=1, max_size=30)


def test_a_known_word_has_a_level_and_another_has_none() -> None:
    found = known({"idiot": 2, "the": 1, "un": 1024}, rude=("idiot",))

    assert found.of(["idiot", "the", "un", "idiots", "th", "t", "été", "👍"]) == [
        int(RUDE) + 1 + OCTAVE, 1, 1 + 10 * OCTAVE, 0, 0, 0, 0, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("words", [[], ["a"], ["a", "b" * 4_001]])
def test_where_nothing_is_known_nothing_is(words: list[str]) -> None:
    assert known({}).of(words) == [0] * len(words)
    assert known({"the": 3}).of(words) == [0] * len(words)


@given(st.lists(letters, min_size=1, max_size=8))
def test_a_word_has_the_same_hash_whatever_stands_beside_it(words: list[str]) -> None:
    together = hashes(words).tolist()

    assert together == [int(hashes([word])[0]) for word in words]
    assert together == [int(sums(word)[1][-1]) for word in words]


@given(letters, st.data())
def test_a_part_of_a_word_has_the_hash_of_that_word(word: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(word) - 1))
    end = data.draw(st.integers(start + 1, len(word)))

    found = within(sums(word)[1], np.array([start]), np.array([end]))

    assert found.tolist() == hashes([word[start:end]]).tolist()
