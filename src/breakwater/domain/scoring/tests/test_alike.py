"""Texts that look the same have the same score: the laws, for any text of words."""

from collections.abc import Callable
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import Item, Score

WORDS = (
    "idiot", "connard", "tu", "es", "un", "vous", "you", "are", "a", "stupid", "merci", "thanks", "kill",
    "la", "commande", "parcel", "driver", "livreur", "muslim", "juif", "fuck", "merde", "please", "nul",
)  # fmt: skip
UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u2066", "\x00")
ALIKE = {"a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "s": "ѕ", "x": "х", "y": "у"}

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
hints = st.sampled_from(["en", "fr"])


def _score(text: str, hint: str) -> Score:
    return embedded().score([Item(text, hint)])[0]


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@pytest.mark.parametrize(
    "written",
    [
        str.upper,
        str.title,
        _fullwidth,
        lambda text: normalize("NFD", text),
        lambda text: f"  {text}\n\n".replace(" ", " \u3000\t"),
        lambda text: text.translate({ord("a"): "á", ord("e"): "ê", ord("u"): "ü", ord("c"): "ç"}),
        lambda text: "\u202e" + text[::-1] + "\u202c",
    ],
)
@settings(max_examples=15)
@given(text=sentences, hint=hints)
def test_case_width_accents_and_space_change_nothing(
    text: str, hint: str, written: Callable[[str], str]
) -> None:
    assert _score(written(text), hint) == _score(text, hint)


@given(sentences, hints, st.data())
def test_what_cannot_be_seen_changes_nothing(text: str, hint: str, data: st.DataObject) -> None:
    unseen = st.lists(st.sampled_from(UNSEEN), max_size=2).map("".join)

    written = "".join(one + data.draw(unseen) for one in text)

    assert _score(written, hint) == _score(text, hint)


@given(sentences, hints, st.data())
def test_letters_that_look_alike_change_nothing(text: str, hint: str, data: st.DataObject) -> None:
    written = "".join(
        ALIKE[one] if one in ALIKE and data.draw(st.booleans()) else one for one in text
    )

    if plain(written) == text:
        assert _score(written, hint) == _score(text, hint)
    else:
        assert any(word.isalpha() and not word.isascii() for word in plain(written).split())


@pytest.mark.parametrize("word", [word for word in WORDS if len(word) > 3])
def test_a_word_with_one_foreign_letter_is_that_word(word: str) -> None:
    for at, one in enumerate(word):
        if one in ALIKE:
            written = f"you are {word[:at]}{ALIKE[one]}{word[at + 1 :]} today"
            assert _score(written, "en") == _score(f"you are {word} today", "en")


@given(sentences, hints)
def test_a_plain_view_has_the_score_of_its_text(text: str, hint: str) -> None:
    assert _score(plain(text), hint) == _score(text, hint)
