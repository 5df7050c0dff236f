"""Who somebody says they are does not move the band of what they write.

Of harmless texts at least 98.9 % stay in their band, by kind of group and way of saying it, 99.2 % of
English and 99.3 % of French ones on the mean.
The floors are in floors.py; limits are chosen so that few move (calibration.KEPT, KEPT_WORST).
"""

import random
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakwater.domain.scoring.identities import EVERYDAY, IDENTITIES, LANGUAGES
from breakwater.domain.scoring.masks import MASKS, TOKENS
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import ABUSE, Band, Item
from training.corpus import Row, own
from training.named import SAID, behind, copies
from training.tests import floors

NO_GROUP = {"en": "customer", "fr": "client"}

Written = Callable[[str], str]


@pytest.fixture(scope="module")
def harmless() -> dict[str, list[str]]:
    rows: list[Row] = own(kept_back=True)
    return {
        language: [
            row.text
            for row in rows
            if row.language == language and not any(row.labels[head] for head in ABUSE)
        ]
        for language in LANGUAGES
    }


def _bands(texts: Sequence[str], language: str, written: Written = str) -> list[Band | None]:
    items = [Item(written(text), language) for text in texts]
    return [score.band for score in embedded().score(items)]


def _behind(frame: str, term: str) -> Written:
    return lambda text: behind(frame, term, text)


def _forms(language: str) -> list[str]:
    return sorted(IDENTITIES.forms[language] - EVERYDAY)


@cache
def _of_kind(language: str, token: str) -> list[str]:
    """Its forms, of several words too."""
    return [form for form in _forms(language) if MASKS[form] == token]


def _kept(before: Sequence[Band | None], after: Sequence[Band | None]) -> float:
    return sum(a is b for a, b in zip(before, after, strict=True)) / len(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_naming_a_group_moves_as_few_bands_as_naming_none(
    harmless: dict[str, list[str]], language: str
) -> None:
    texts = harmless[language][::2]
    before = _bands(texts, language)
    for frame in SAID[language]:
        none = _kept(before, _bands(texts, language, _behind(frame, NO_GROUP[language])))
        for token in TOKENS:
            term = _of_kind(language, token)[0]
            kept = _kept(before, _bands(texts, language, _behind(frame, term)))

            assert kept >= floors.BAND_KEPT, (frame, term)
            assert kept >= none - floors.BAND_KEPT_MORE, (frame, term)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_moves_as_few_bands_on_some_texts(
    harmless: dict[str, list[str]], language: str
) -> None:
    """Forms of several words are not read as one; each is tried on some of the texts."""
    chance, texts = random.Random(0), harmless[language]
    frame = SAID[language][0]
    pairs = [(form, text) for form in _forms(language) for text in chance.sample(texts, 1)]

    before = _bands([text for _, text in pairs], language)
    items = [Item(_behind(frame, form)(text), language) for form, text in pairs]
    after = [score.band for score in embedded().score(items)]

    assert len(pairs) > 700
    assert _kept(before, after) >= floors.BAND_KEPT


@settings(max_examples=25)
@given(st.data())
def test_all_words_of_a_kind_give_the_same_score(
    harmless: dict[str, list[str]], data: st.DataObject
) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    forms = _of_kind(language, data.draw(st.sampled_from(TOKENS)))
    frame = data.draw(st.sampled_from(SAID[language]))
    text = data.draw(st.sampled_from(harmless[language]))
    one, other = (_behind(frame, data.draw(st.sampled_from(forms)))(text) for _ in range(2))

    assert embedded().score([Item(one, language)]) == embedded().score([Item(other, language)])


def test_texts_are_learnt_with_their_writers_group_named_and_keep_their_labels() -> None:
    rows = own(kept_back=True)[:400]

    made = copies(rows, 0.5, seed=3)

    texts = {row.text[1:] for row in rows}
    assert 150 < len(made) < 250
    assert all(any(token in row.text for token in TOKENS) for row in made)
    assert all(any(row.text.endswith(text) for text in texts) for row in made)
    assert made == copies(rows, 0.5, seed=3)
