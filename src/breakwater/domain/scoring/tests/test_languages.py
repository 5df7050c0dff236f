"""A text is told to be English, French, another language, or none; a hint decides what is open."""

import re

import numpy as np
import pytest

from breakwater.domain.scoring.languages import languages


def _told(plain: str, hint: str | None = None) -> str:
    model = languages()
    return model.told(model.votes(plain.split()).sum(axis=0), hint)


@pytest.mark.parametrize(
    ("plain", "language"),
    [
        ("three weeks late and your driver never even rang", "en"),
        ("toujours pas livre, c'est une blague ou quoi ?", "fr"),
        ("jsuis trop degoute vous repondez jamais", "fr"),
        ("u guys r the worst lol", "en"),
        ("llevo tres semanas esperando mi pedido", "es"),
        ("ich warte seit drei wochen auf mein paket", "de"),
        ("aspetto il pacco da tre settimane", "it"),
        ("ik wacht al drie weken op mijn pakketje", "nl"),
        ("quero meu dinheiro de volta hoje mesmo", "pt"),
    ],
)
def test_languages_in_latin_letters_are_told(plain: str, language: str) -> None:
    assert _told(plain) == language


@pytest.mark.parametrize(
    ("plain", "language"),
    [
        ("где мой заказ уже три недели", "und"),
        ("أين طلبي منذ ثلاثة أسابيع", "und"),
        ("περιμένω την παραγγελία μου", "el"),
        ("איפה ההזמנה שלי", "he"),
        ("荷物がまだ届きません", "ja"),
        ("我的包裹还没到", "zh"),
        ("주문이 아직 안 왔어요", "ko"),
        ("ของยังไม่มาเลย", "th"),
    ],
)
def test_other_scripts_are_told_by_their_letters(plain: str, language: str) -> None:
    assert _told(plain, hint="fr") == language


def test_one_name_in_another_script_does_not_move_a_text() -> None:
    assert _told("the new album of Виктор is out today") == "en"


@pytest.mark.parametrize("hint", ["en", "fr", "de"])
def test_below_three_words_the_hint_decides(hint: str) -> None:
    assert _told("merci beaucoup", hint) == hint
    assert _told("merci beaucoup 😍 #love usertoken 2024", hint) == hint


def test_a_hint_does_not_overrule_what_the_words_say() -> None:
    assert _told("three weeks late and your driver never even rang", hint="fr") == "en"
    assert _told("ich warte seit drei wochen auf mein paket", hint="fr") == "de"


def test_short_texts_without_a_hint_are_told_by_their_words() -> None:
    assert _told("merci beaucoup") == "fr"
    assert _told("thank you") == "en"


@pytest.mark.parametrize("hint", [None, "fr"])
def test_what_is_no_word_carries_no_vote(hint: str | None) -> None:
    mute = ["😍", "2024", "#love", "usertoken", "urltoken", "f*ck", "k1ll", "!!!", ""]

    votes = languages().votes(mute)

    assert not votes.any()
    assert languages().told(votes.sum(axis=0), hint) == (hint or "und")


def test_votes_of_a_word_do_not_depend_on_its_neighbours() -> None:
    words = [f"mot{chr(97 + at % 26)}{'xyz'[at % 3]}" for at in range(150)]
    model = languages()

    together = model.votes(words)
    apart = np.concatenate([model.votes([word]) for word in words])

    assert together.dtype == np.float32
    np.testing.assert_allclose(together, apart, atol=1e-5)


def test_apostrophes_may_be_cut_by_whoever_cuts_words() -> None:
    model = languages()
    size = len(model.names)

    whole = model.votes(["c'est", "rendez-vous,"]).sum(axis=0)
    cut = model.votes(["c", "est", "rendez", "vous"]).sum(axis=0)

    np.testing.assert_allclose(whole[:size], cut[:size], atol=1e-5)


def test_no_words_at_all_are_told_by_the_hint_alone() -> None:
    votes = languages().votes([])

    assert votes.shape[0] == 0
    assert languages().told(votes.sum(axis=0)) == "und"
    assert languages().told(votes.sum(axis=0), "fr") == "fr"


@pytest.mark.parametrize(
    "word", ["a" * 1_000_000, "a-" * 1_000, "\ud800", "e\u0301" * 5_000, "\u202eabc", " "]
)
def test_hostile_words_are_bounded(word: str) -> None:
    votes = languages().votes([word, "bonjour"])

    assert np.isfinite(votes).all()
    assert np.abs(votes[0, : len(languages().names)]).max() < 2_000


def test_the_model_is_small_and_read_once() -> None:
    model = languages()

    assert model is languages()
    assert model.names[:2] == ("en", "fr")
    assert all(re.fullmatch("[a-z]{2}|und", name) for name in model.names)
    assert model.place.nbytes + model.weights.nbytes < 4_000_000
