"""The model after a workspace taught it: bounded, as fast, and the same where it was taught nothing."""

from collections.abc import Mapping, Sequence
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakwater.domain.scoring.adapters import (
    FURTHEST,
    LEARNS,
    Adapter,
    Adapters,
    Taught,
    packed_lesson,
    unpacked_lesson,
)
from breakwater.domain.scoring.banding import Edges, settled
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.opinions import Unsure, moved_by
from breakwater.domain.scoring.scores import ABUSE, Band, Head, Item, Score
from breakwater.domain.scoring.weights import shipped

WIDTH = len(shipped().network.hidden_bias)
NAME = f"breakwater-{embedded().version}"
TEXTS = [
    ("en", "You stupid bitch, shut the fuck up."),
    ("en", "Thank you so much, a lovely team!"),
    ("en", "y o u  i d i o t, what a stupid answer"),
    ("en", "I will find you and break your legs."),
    ("en", "I am going to kill myself tonight, you bastards."),
    ("fr", "Tu es un gros connard, ferme ta gueule."),
    ("fr", "Où est ma commande, bande d'incapables ?"),
    ("fr", "On va te retrouver et te casser les jambes."),
    ("en", "It came in good time and I am happy. " * 30 + "You worthless idiots."),
    ("", "Ich warte seit drei Wochen auf mein Paket"),
    ("", "!!!"),
]
ITEMS = [Item(text, hint) for hint, text in TEXTS]
SAME = 1.01e-4


def _adapter(weights: Sequence[float] | float, bias: float = 0.0, model: str = NAME) -> Adapter:
    return Adapter(np.broadcast_to(np.asarray(weights, np.float32), WIDTH).copy(), bias, model)


def _adapters(one: Adapter, heads: Sequence[Head] = LEARNS, number: int = 3) -> Adapters:
    return Adapters(number, dict.fromkeys(heads, one))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1, 1, width=32), min_size=WIDTH, max_size=WIDTH), st.floats(-30, 30))
def test_whatever_was_learnt_nothing_moves_further_than_it_may(
    weights: list[float], bias: float
) -> None:
    alone = embedded().score(ITEMS)
    taught = embedded().adapted(_adapters(_adapter(weights, bias), tuple(Head)))

    for before, after in zip(alone, taught.score(ITEMS), strict=True):
        assert after.chances.keys() == before.chances.keys()
        for head, chance in after.chances.items():
            most = FURTHEST if head in LEARNS else 0.0
            assert abs(chance - before.chances[head]) <= most + SAME
        assert after.language == before.language
        assert (after.band is Band.HELD) is (before.band is Band.HELD)
        edges = embedded().edges(after.language)
        assert edges.endangered(after.chances) is edges.endangered(before.chances)
        if Head.THREAT in edges.over(before.chances):
            assert after.band is not Band.CLEAR


def test_a_score_says_what_it_was_taught_and_what_the_model_alone_says() -> None:
    taught = embedded().adapted(_adapters(_adapter(0.0, 3.0), [Head.INSULT]))

    (alone,), (score,) = embedded().score(ITEMS[1:2]), taught.score(ITEMS[1:2])

    assert (alone.model, score.model) == (NAME, f"{NAME}+a3")
    assert score.alone == {Head.INSULT: pytest.approx(alone.chances[Head.INSULT], abs=SAME)}
    assert score.chances[Head.INSULT] > alone.chances[Head.INSULT]
    assert score.chances[Head.ABUSIVE] == pytest.approx(alone.chances[Head.ABUSIVE], abs=SAME)


def test_threats_danger_and_feelings_cannot_be_taught() -> None:
    others = [head for head in Head if head not in LEARNS]

    assert Head.THREAT not in LEARNS
    assert embedded().adapted(_adapters(_adapter(0.0, 9.0), others)) is embedded()


@pytest.mark.parametrize(
    "other", [_adapter(0.1, model="breakwater-0.9"), Adapter(np.ones(7, np.float32), 0.0, NAME)]
)
def test_what_is_of_another_model_counts_for_nothing(other: Adapter) -> None:
    assert embedded().adapted(_adapters(other)) is embedded()


def test_weights_of_nothing_change_nothing() -> None:
    taught = embedded().adapted(_adapters(_adapter(0.0)))

    for before, after in zip(embedded().score(ITEMS), taught.score(ITEMS), strict=True):
        assert after.band is before.band
        assert all(abs(after.chances[h] - before.chances[h]) < SAME for h in before.chances)


def test_a_text_is_learnt_from_as_it_is_scored() -> None:
    """Odds and hidden layer of the pass that counts: through them the head can be made to say anything."""
    found = embedded().score(ITEMS)

    for item, score in zip(ITEMS, found, strict=True):
        taught = embedded().taught(item)
        assert taught.keys() == ({*LEARNS} if score.chances else set())
        for head, one in taught.items():
            assert 1 / (1 + np.exp(-one.odds)) == pytest.approx(score.chances[head], abs=SAME)
            assert len(one.hidden) == 2 * WIDTH
            again = unpacked_lesson(packed_lesson(one))
            assert again.hidden == one.hidden
            assert again.odds == pytest.approx(one.odds, rel=1e-6)


def test_what_was_learnt_is_what_the_hidden_layer_says_times_the_weights() -> None:
    item = ITEMS[6]
    one = embedded().taught(item)[Head.INSULT]
    layer = np.frombuffer(one.hidden, "<f2").astype(np.float64)
    weights = np.linspace(-0.01, 0.01, WIDTH)
    odds = one.odds + one.slope * (float(layer @ weights) + 0.2)

    (score,) = (
        embedded().adapted(_adapters(_adapter(list(weights), 0.2), [Head.INSULT])).score([item])
    )

    assert score.chances[Head.INSULT] == pytest.approx(1 / (1 + np.exp(-odds)), abs=2e-3)


def _nearly_veiled() -> Item:
    """A text that is shown, though whoever learnt that it is abuse would veil it."""
    texts = ("You lazy lot.", "You clumsy lot.", "You are a clumsy bunch", "Bunch of amateurs.")
    items = [Item(text, "en") for text in texts]
    limit = embedded().edges("en").veil[Head.ABUSIVE]
    return next(
        item
        for item, score in zip(items, embedded().score(items), strict=True)
        if score.band is Band.CLEAR and score.chances[Head.ABUSIVE] + FURTHEST > limit + 0.02
    )


def test_what_is_veiled_after_learning_is_explained() -> None:
    item = _nearly_veiled()
    taught = embedded().adapted(_adapters(_adapter(0.0, 5.0), [Head.INSULT, Head.ABUSIVE]))

    (alone,), explained = embedded().score([item]), taught.explain(item)

    assert alone.band is Band.CLEAR
    assert explained.band is Band.VEILED
    assert explained.spans


@pytest.mark.parametrize(
    ("alone", "learnt", "band", "said"),
    [
        (0.95, 0.7, Band.HELD, 0.95),  # what the model alone holds stays as it says
        (0.85, 0.99, Band.VEILED, 0.99),  # what it does not hold is never held
        (0.6, 0.35, Band.CLEAR, 0.35),
        (0.4, 0.65, Band.VEILED, 0.65),
    ],
)
def test_whether_a_text_is_held_is_the_models_own_word(
    alone: float, learnt: float, band: Band, said: float
) -> None:
    edges = Edges({Head.INSULT: 0.5}, {Head.INSULT: 0.9}, danger=0.3)
    score = Score("m-1+a1", "en", {Head.INSULT: learnt}, alone={Head.INSULT: alone})

    found = settled(score, edges)

    assert (found.band, found.chances[Head.INSULT]) == (band, said)
    assert edges.band_of(score) is band


def test_a_second_opinion_moves_what_was_learnt_and_nothing_is_held_for_it() -> None:
    edges = Edges({Head.INSULT: 0.5}, {Head.INSULT: 0.7}, danger=0.3)
    score = Score("m-1+a1", "en", {Head.INSULT: 0.6}, alone={Head.INSULT: 0.45})

    found = settled(moved_by(score, {Head.INSULT: 0.9}, Unsure()), edges)
    milder = settled(moved_by(score, {Head.INSULT: 0.1}, Unsure()), edges)

    assert (found.band, found.chances[Head.INSULT]) == (Band.VEILED, 0.75)
    assert (milder.band, milder.chances[Head.INSULT]) == (Band.CLEAR, 0.35)


def test_ordinary_texts_are_made_once_and_are_shown_or_veiled_in_both_languages() -> None:
    model, known = embedded(), shipped().ordinary

    first = model.ordinary()

    assert model.ordinary() is first
    assert len(first) == len(known.languages) >= 600
    assert {name for name, _ in first} == {"en", "fr"}
    veiled = sum(_veiled(name, taught) for name, taught in first)
    assert 0.3 * len(first) < veiled < 0.6 * len(first)
    assert all(set(taught) <= set(ABUSE) for _, taught in first)


def _veiled(language: str, taught: Mapping[Head, Taught]) -> bool:
    veil = embedded().edges(language).veil
    return any(1 / (1 + exp(-one.odds)) >= veil[head] for head, one in taught.items())


def test_an_ordinary_text_is_kept_as_a_correction_of_it_would_be() -> None:
    item, known = Item("You are nothing but a liar and a thief.", "en"), shipped().ordinary

    taught, found = embedded().taught(item), embedded().passes(item)

    assert found is not None
    at, logits, hidden = found
    assert (at, hidden.shape[1:], logits.shape[1:]) == (
        0, known.hidden.shape[1:], known.logits.shape[1:],
    )  # fmt: skip
    assert np.frombuffer(taught[Head.ABUSIVE].hidden, "<f2") == pytest.approx(hidden[0], abs=0.02)
