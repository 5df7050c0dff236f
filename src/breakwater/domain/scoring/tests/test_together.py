"""Forms of several words that name a group are one word, and nothing else is."""

import pytest
from hypothesis import given

from breakwater.domain.scoring.masks import MASKS, masked
from breakwater.domain.scoring.normal import bare, plain
from breakwater.domain.scoring.tests.weird import texts
from breakwater.domain.scoring.together import places_together, together
from breakwater.domain.scoring.words import places, words


@pytest.mark.parametrize(
    ("view", "read"),
    [
        ("an african-american here", ["an", "african-american", "here"]),
        ("african-americans' vote", ["african-americans", "vote"]),
        ("the roman catholic's son", ["the", "roman catholic", "s", "son"]),
        ("les personnes handicapees", ["les", "personnes handicapees"]),
        ("l'afro-americain", ["l'", "afro-americain"]),
        ("born again christians", ["born again christians"]),
        ("a jehovah's witness", ["a", "jehovah's witness"]),
        ("black women black", ["black women", "black"]),
        ("african-american african-american", ["african-american", "african-american"]),
    ],
)
def test_a_form_is_one_word(view: str, read: list[str]) -> None:
    assert together(words(view)) == read


@pytest.mark.parametrize(
    "view",
    [
        "",
        "a black car",
        "african, american",
        "born again",
        "femme, voilee",
        "the jew's shop",
        "non",
    ],
)
def test_other_words_are_left_and_are_the_same_object(view: str) -> None:
    found = words(view)

    assert together(found) is found
    assert places_together(view) == places(view)


def test_every_form_is_read_as_its_kind() -> None:
    assert [form for form in MASKS if together(words(form)) != [form]] == []
    assert {form: masked(together(words(form))[0]) for form in MASKS} == dict(MASKS)


def test_what_is_taken_for_a_disguise_is_read_alike_without_it() -> None:
    """As "gen-z", which is "genz" in the other reading."""
    stripped = {form: together(words(bare(form))) for form in MASKS}

    assert {form: masked(read[0]) for form, read in stripped.items()} == dict(MASKS)
    assert {len(read) for read in stripped.values()} == {1}


@given(texts)
def test_each_word_has_its_place(text: str) -> None:
    view = plain(text)

    read, at = together(words(view)), places_together(view)

    assert len(read) == len(at)
    assert [one for pair in at for one in pair] == sorted(one for pair in at for one in pair)
    for word, (start, end) in zip(read, at, strict=True):
        assert word == view[start:end] or "".join(word.split()) == "".join(
            view[start:end].rstrip("'").split()
        )
