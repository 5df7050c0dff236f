"""Nobody's score depends on which group of people a text names."""

from collections import defaultdict

import pytest

from breakwater.domain.scoring.identities import EVERYDAY, IDENTITIES, LANGUAGES, TERMS
from breakwater.domain.scoring.masks import KINDS, MASKS, TOKENS, masked
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import Item, Score
from breakwater.domain.scoring.words import words

FRAMES = {
    "en": (
        "My neighbour is {} and works at your shop.",
        "I am sick of every {} in here, go away you idiots",
    ),
    "fr": (
        "Mon voisin est {} et travaille dans votre boutique.",
        "Marre de tous les {} ici, cassez-vous bande de connards",
    ),
}


def _of_kinds(language: str) -> dict[str, list[str]]:
    """Forms, by what they are read as."""
    found = defaultdict(list)
    for form in sorted(IDENTITIES.forms[language]):
        if form in MASKS:
            found[MASKS[form]].append(form)
    return found


def _score(text: str, language: str) -> Score:
    return embedded().score([Item(text, language)])[0]


def test_every_form_is_read_as_the_kind_of_its_group() -> None:
    by_group = defaultdict(set)
    for form, mask in MASKS.items():
        by_group[TERMS[form]].add(mask)

    assert all(len(masks) == 1 for masks in by_group.values())
    assert set(MASKS) == set(TERMS) - EVERYDAY
    assert set(MASKS.values()) == set(TOKENS)
    assert tuple(f"identity{kind}" for kind in KINDS) == TOKENS


@pytest.mark.parametrize(
    ("form", "mask"),
    [
        ("muslim", "identityreligion"),
        ("juives", "identityreligion"),
        ("algeriens", "identityorigin"),
        ("refugees", "identityorigin"),
        ("lesbienne", "identityorientation"),
        ("autistic", "identitybody"),
        ("sexagenaires", "identityage"),
        ("muslims'", "identityreligion"),
        ("muslim'", "identityreligion"),
    ],
)
def test_a_form_is_read_as_its_kind(form: str, mask: str) -> None:
    assert masked(form) == mask


@pytest.mark.parametrize("word", ["white", "old", "straight", "gros", "idiot", "l'", "", "'", "👍"])
def test_what_is_said_of_things_too_and_what_is_no_group_is_left(word: str) -> None:
    assert masked(word) == word


def test_what_stands_for_a_group_is_no_group_itself() -> None:
    assert [masked(token) for token in TOKENS] == list(TOKENS)
    assert all(words(plain(token)) == [token] for token in TOKENS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_differ_only_in_the_group_have_the_same_score(language: str) -> None:
    for forms in _of_kinds(language).values():
        for n, frame in enumerate(FRAMES[language]):
            first = _score(frame.format(forms[0]), language)

            assert first.band is not None
            assert all(_score(frame.format(form), language) == first for form in forms[1 + n :: 2])


def test_the_same_holds_with_an_apostrophe_an_article_or_a_hashtag() -> None:
    for one, other in (
        (
            "That is the muslim's shop, in 'muslim' street",
            "That is the jew's shop, in 'jew' street",
        ),
        ("#muslims are not welcome here", "#hindus are not welcome here"),
        ("L'algérien n'est pas venu", "L'italien n'est pas venu"),
        ("That African-American's shop", "That Italian's shop"),
        ("Les Afro-Américains sont là", "Les italiens sont là"),
        ("L'AFRO-AMÉRICAINE est là", "L'italienne est là"),
        ("I saw a black  woman there, bl\u00adack men too", "I saw a german there, germans too"),
        ("Les MUSULMANS, encore eux…", "Les ＢＯＵＤＤＨＩＳＴＥＳ, encore eux…"),
    ):
        assert _score(one, "en").chances == _score(other, "en").chances
