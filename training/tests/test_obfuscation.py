"""The suite hides words from machines and not from people."""

from random import Random

import pytest

from breakwater.domain.scoring.normal import bare, plain
from training.obfuscation import UNDONE, WAYS, suite

TEXTS = [
    "You are a complete idiot and nobody likes you",
    "Espèce de connard, ferme-la une bonne fois pour toutes !",
    "C'est vraiment nul, j'attends ma commande depuis 3 semaines",
    "go back to where you came from, you stupid clown",
    "Merci beaucoup, l'équipe est très sympa 😀",
]
WHOLE = {"accents_dropped", "upper_case", "emoji_between"}
"""Made to a whole text, whichever words matter."""
WORDS = {"idiot", "connard", "stupid", "clown"}


def letters(text: str) -> list[str]:
    """What is left of a text when all but its letters, as one reads them, is taken away."""
    return [one for one in plain(text) if one.isalpha()]


@pytest.mark.parametrize("name", WAYS)
def test_a_way_changes_words_and_is_the_same_for_the_same_seed(name: str) -> None:
    first, again, other = (dict(suite(TEXTS, seed))[name] for seed in (7, 7, 8))

    assert first == again
    assert first != TEXTS
    assert first != other or name in ("spaced", "accents_dropped", "upper_case", "fullwidth")


@pytest.mark.parametrize("name", UNDONE["plain"])
@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_left_in_the_plain_view(name: str, seed: int) -> None:
    for text, hidden in zip(TEXTS, dict(suite(TEXTS, seed))[name], strict=True):
        assert plain(hidden) == plain(text)


@pytest.mark.parametrize("name", UNDONE["bare"])
@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_left_in_the_bare_view(name: str, seed: int) -> None:
    for text, hidden in zip(TEXTS, dict(suite(TEXTS, seed))[name], strict=True):
        assert bare(plain(hidden)) == bare(plain(text))


@pytest.mark.parametrize(
    ("name", "least"),
    [("spaced", 200), ("drawn_out", 200), ("dotted", 200), ("leet", 170), ("pointed", 165)],
)
def test_most_words_are_found_again_in_the_bare_view(name: str, least: int) -> None:
    """Of 200. A hyphen or an apostrophe within may be of the word's own, and 07 a number."""
    texts = ["you are an idiot", "un gros connard", "so stupid", "un clown"]

    found = sum(
        not WORDS.isdisjoint(bare(plain(hidden)).split())
        for seed in range(50)
        for hidden in dict(suite(texts, seed, WORDS))[name]
    )

    assert found >= least


@pytest.mark.parametrize(
    "name", ["spaced", "dotted", "emoji_between", "direction_marks", "zero_width"]
)
def test_a_reader_still_reads_the_same_letters(name: str) -> None:
    for text, hidden in zip(TEXTS, dict(suite(TEXTS, 1))[name], strict=True):
        assert letters(hidden) == letters(text)


@pytest.mark.parametrize("name", ["swapped", "dropped", "starred", "pointed", "drawn_out"])
@pytest.mark.parametrize("word", ["idiot", "connard", "stupid", "clown"])
def test_a_word_keeps_its_first_letter_and_all_but_one_other(name: str, word: str) -> None:
    for seed in range(20):
        hidden = WAYS[name](word, Random(seed), ())
        kept = set(hidden) & set(word)

        assert hidden[0] == word[0]
        assert len(set(word)) - len(kept) <= 1
        assert hidden != word


@pytest.mark.parametrize("name", sorted(WAYS.keys() - WHOLE))
def test_only_the_words_that_matter_are_hidden(name: str) -> None:
    hidden = WAYS[name]("dear reader, you idiot", Random(3), {"idiot"})

    assert hidden.startswith("dear reader, you ")
    assert hidden != "dear reader, you idiot"


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("text", ["", " ", "a", "ok", "😂", "123", "été", "\ud800x"])
def test_short_texts_do_no_harm(name: str, text: str) -> None:
    hidden = WAYS[name](text, Random(1), ())

    assert isinstance(plain(hidden), str)
    assert len(hidden) <= 3 * len(text) + 3
