"""Numbers of words are computed once, kept within bounds, and shared by threads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np

from breakwater.domain.scoring.memo import KEPT, LONGEST, Floats, Memo
from breakwater.domain.scoring.words import key

WIDTH = 3
THREADS = 8


class Counting:
    """A row of numbers for each word, and how often each was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, words: Sequence[str]) -> Floats:
        self.asked += words
        return np.array([_row(word) for word in words], np.float32)


def _row(word: str) -> list[float]:
    return [float(key(word) % 1_000 + 1 + n) for n in range(WIDTH)]


def test_rows_stand_in_the_order_of_the_words_and_are_zero_beyond() -> None:
    rows, lengths = Memo(WIDTH, Counting()).padded([["a", "b", "a"], [], ["c"]])

    assert rows.tolist() == [
        [_row("a"), _row("b"), _row("a")],
        [[0.0] * WIDTH] * 3,
        [_row("c"), [0.0] * WIDTH, [0.0] * WIDTH],
    ]
    assert lengths.tolist() == [3, 0, 1]


def test_a_word_is_computed_once() -> None:
    counting = Counting()
    memo = Memo(WIDTH, counting)

    memo.padded([["a", "b"], ["b"]])
    memo.padded([["b", "c"]])

    assert sorted(counting.asked) == ["a", "b", "c"]


def test_texts_without_a_word_are_one_zero_wide() -> None:
    rows, lengths = Memo(WIDTH, Counting()).padded([[], []])

    assert rows.shape == (2, 1, WIDTH)
    assert not rows.any()
    assert lengths.tolist() == [0, 0]


def test_when_full_all_are_let_go_and_met_again() -> None:
    counting = Counting()
    memo = Memo(WIDTH, counting)
    many = [f"w{n}" for n in range(KEPT - 1)]

    memo.padded([many])
    filled, _ = memo.padded([["last"]])
    over, _ = memo.padded([["one more", "w0"]])
    after, _ = memo.padded([["w1", "last"]])

    assert filled[0, 0].tolist() == _row("last")
    assert over[0].tolist() == [_row("one more"), _row("w0")]
    assert after[0].tolist() == [_row("w1"), _row("last")]
    assert counting.asked.count("w0") == 2
    assert counting.asked.count("w2") == 1


def test_as_many_words_as_are_kept_fit_at_once() -> None:
    memo = Memo(WIDTH, Counting())
    memo.padded([["a"]])

    rows, _ = memo.padded([[f"w{n}" for n in range(KEPT)]])

    assert rows[0, 0].tolist() == _row("w0")
    assert rows[0, -1].tolist() == _row(f"w{KEPT - 1}")


def test_of_an_endless_word_only_the_beginning_is_kept() -> None:
    counting = Counting()
    memo = Memo(WIDTH, counting)

    rows, _ = memo.padded([["x" * 4_000, "x" * 5_000]])

    assert counting.asked == ["x" * LONGEST]
    assert rows[0, 0].tolist() == rows[0, 1].tolist() == _row("x" * LONGEST)


def test_a_failure_keeps_nothing_and_spoils_nothing() -> None:
    counting = Counting()
    failing = True

    def compute(words: Sequence[str]) -> Floats:
        if failing:
            raise MemoryError
        return counting(words)

    memo = Memo(WIDTH, compute)
    try:
        memo.padded([["a"]])
    except MemoryError:
        failing = False
    rows, _ = memo.padded([["a"]])

    assert rows[0, 0].tolist() == _row("a")


def test_threads_that_fill_it_at_once_each_get_their_own_rows() -> None:
    memo, start = Memo(WIDTH, Counting()), Barrier(THREADS)

    def told(thread: int) -> bool:
        start.wait()
        for turn in range(12):
            text = [f"t{thread} {turn} {n}" for n in range(500)] + ["shared"]
            rows, _ = memo.padded([text])
            if not np.array_equal(rows[0], np.array([_row(word) for word in text], np.float32)):
                return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(told, range(THREADS)))
