"""What stands behind a word that nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.slips import LONGEST, mended, parts
from breakwater.domain.scoring.tests.spelt import known

KNOWN = known(
    {
        "idiot": 64, "stupid": 80, "connard": 40, "clown": 9, "clowns": 3, "moment": 100, "cant": 900, "cunt": 50, "shit": 70,
        "you": 900, "are": 800, "an": 600, "a": 900, "un": 700, "tu": 600, "es": 600,
    },
    rude=("cunt",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("idoit", "idiot"), ("iidot", "idiot"), ("idito", "idito"), ("stpuid", "stupid"), ("idit", "idiot"), ("idot", "idiot"),
        ("idio", "idio"), ("diot", "diot"), ("conard", "connard"), ("cnnard", "connard"), ("id*ot", "idiot"), ("idio*", "idiot"),
        ("sh*it", "shit"), ("c*nt", "cunt"), ("cnt", "cant"), ("clwn", "clown"), ("mom*nt", "moment"), ("xyz", "xyz"), ("x*z", "x*z"),
        ("a" * LONGEST, "a" * LONGEST),
    ],
)  # fmt: skip
def test_two_neighbours_a_lost_letter_and_a_star_are_seen_through(word: str, meant: str) -> None:
    found, level = mended(word, KNOWN)

    assert found == meant
    assert (level > 0) is (meant != word)


@given(st.from_regex(r"[a-d]{1,8}\*?[a-d]{2,8}", fullmatch=True))
def test_what_is_found_is_known_and_an_edit_away(word: str) -> None:
    some = known(dict.fromkeys(("abcd", "abba", "dada", "baba", "acdc", "abc", "bad", "dad"), 5))

    meant, level = mended(word, some)

    assert some.of([meant]) == [level] or (meant, level) == (word, 0)
    assert len(word) - 1 <= len(meant) <= len(word) + 1


def _words(run: str) -> list[str]:
    return [run[start:end] for start, end in parts(run, KNOWN)]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("youareanidiot", ["you", "are", "an", "idiot"]),
        ("tuesunconnard", ["tu", "es", "un", "connard"]),
        ("youxqzidiot", ["you", "xqz", "idiot"]),
        ("xqz", ["xqz"]),
        ("idiot", ["idiot"]),
        ("idiotx", ["idiot", "x"]),
        ("x", ["x"]),
    ],
)
def test_a_run_of_letters_is_parted_into_words(run: str, words: list[str]) -> None:
    assert _words(run) == words


@given(st.text(alphabet="youarenidtxé", min_size=1, max_size=60))
def test_the_parts_are_the_run(run: str) -> None:
    assert "".join(_words(run)) == run
    assert all(_words(run))
