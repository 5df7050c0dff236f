"""What is remembered of words has an end, whatever strangers write."""

import numpy as np

from breakwater.domain.scoring.memo import KEPT, LONGEST, Floats, Memo


def _lengths(words: object) -> Floats:
    return np.array([[len(word)] for word in words], np.float32)  # type: ignore[attr-defined]


def test_of_words_as_long_as_a_text_only_the_beginning_is_kept() -> None:
    memo = Memo(1, _lengths)

    for at in range(400):
        rows, _ = memo.padded([[f"{at}".rjust(4_000, "x"), "short"]])

        assert rows[0, :, 0].tolist() == [LONGEST, 5]
        assert sum(map(len, memo._known)) <= KEPT * LONGEST


def test_ordinary_words_are_kept() -> None:
    memo = Memo(1, _lengths)

    for at in range(400):
        memo.padded([[f"word{at}", "short"]])

    assert len(memo._known) == 401
