"""Chances come true as often as they say, and limits are where errors cost least."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="calibrating needs the packages of `make train`")

from breakwater.domain.scoring.scores import ABUSE, Head
from training.calibration import (
    FEWEST,
    HELD_WRONGLY,
    MOST_COMPLAINTS,
    NEVER,
    VEILED_WRONGLY,
    Floats,
    danger,
    fitted,
    limits,
)
from training.corpus import HEADS

TOXIC, THREAT = HEADS.index(Head.TOXIC), HEADS.index(Head.THREAT)
ABUSES = [HEADS.index(head) for head in ABUSE]


def _drawn(count: int, slope: float, offset: float) -> tuple[Floats, Floats]:
    """Logits, and labels that come true as slope and offset say, of toxicity alone."""
    draw = np.random.default_rng(4)
    logits = np.zeros((count, len(HEADS)), np.float32)
    logits[:, TOXIC] = draw.normal(0, 2, count)
    chances = 1 / (1 + np.exp(-(slope * logits[:, TOXIC] + offset)))
    labels = np.full((count, len(HEADS)), np.nan, np.float32)
    labels[:, TOXIC] = draw.random(count) < chances
    return logits, labels


def test_slope_and_offset_are_found_again() -> None:
    logits, labels = _drawn(20_000, 0.7, -0.5)

    slopes, offsets = fitted(
        logits, labels, np.ones(len(logits), np.float32), ["en"] * len(logits), ["en"]
    )

    assert slopes[0, TOXIC] == pytest.approx(0.7, abs=0.05)
    assert offsets[0, TOXIC] == pytest.approx(-0.5, abs=0.05)


def test_a_head_that_nothing_judges_has_no_slope() -> None:
    logits, labels = _drawn(200, 1, 0)
    labels[:, THREAT] = 0
    labels[: FEWEST - 1, THREAT] = 1

    slopes, _ = fitted(logits, labels, np.ones(200, np.float32), ["en"] * 200, ["en", "fr"])

    assert (slopes[:, TOXIC] != 0).all()
    assert not slopes[:, THREAT].any()
    assert np.count_nonzero(slopes) == 2


def test_a_language_with_few_texts_shares_what_fits_all() -> None:
    logits, labels = _drawn(4_000, 1, 0)
    weights, languages = np.ones(4_000, np.float32), ["en"] * 3_990 + ["fr"] * 10

    shared = fitted(logits, labels, weights, languages, ["en", "fr"])
    all_ = fitted(logits, labels, weights, ["en"] * 4_000, ["en"])

    assert shared[0][1, TOXIC] == all_[0][0, TOXIC]
    assert shared[1][1, TOXIC] == all_[1][0, TOXIC]
    assert shared[0][0, TOXIC] != shared[0][1, TOXIC]


def _chances(toxic: list[float], other: list[float]) -> tuple[Floats, Floats, Floats]:
    chances = np.zeros((len(toxic) + len(other), len(HEADS)), np.float32)
    labels = np.zeros_like(chances)
    chances[:, TOXIC] = [*toxic, *other]
    labels[: len(toxic), TOXIC] = 1
    return chances, labels, np.ones(len(chances), np.float32)


def test_a_limit_is_where_errors_cost_least() -> None:
    found = _chances([0.95] * 10 + [0.7] * 6, [0.75, 0.1, 0.1])
    none = np.zeros(19, bool)

    dear = limits(*found, VEILED_WRONGLY * 2, none)
    cheap = limits(*found, VEILED_WRONGLY, none)

    assert (dear[ABUSES] > 0.75).all()
    assert (cheap[ABUSES] <= 0.7).all()


def test_all_kinds_of_abuse_share_a_limit_and_others_decide_nothing() -> None:
    found = limits(*_chances([0.9] * 5, [0.1] * 5), VEILED_WRONGLY, np.zeros(10, bool))

    assert len(set(found[ABUSES].tolist())) == 1
    assert {found[at] for at in range(len(HEADS)) if at not in ABUSES} == {NEVER}


def test_the_kind_that_is_likeliest_veils() -> None:
    chances, labels, weights = _chances([0.0] * 5, [0.1] * 5)
    chances[:5, THREAT] = 0.9

    assert 0.1 < limits(chances, labels, weights, 5.0, np.zeros(10, bool))[THREAT] < 0.9


def test_what_is_held_takes_at_least_the_chance_of_what_is_veiled() -> None:
    draw = np.random.default_rng(1)
    for _ in range(20):
        toxic, other = draw.beta(4, 2, 60).tolist(), draw.beta(1, 4, 200).tolist()
        found = _chances(toxic, other)
        none = np.zeros(260, bool)

        assert (limits(*found, HELD_WRONGLY, none) >= limits(*found, VEILED_WRONGLY, none)).all()


def test_honest_complaints_stay_shown_whatever_it_costs() -> None:
    found = _chances([0.6] * 1_000, [0.655] * 3 + [0.1] * 97)
    complaints = np.arange(1_100) >= 1_000

    limit = limits(*found, VEILED_WRONGLY, complaints)[TOXIC]

    assert 0.655 < limit < 0.99
    assert (found[0][complaints, TOXIC] >= limit).mean() <= MOST_COMPLAINTS


def test_where_every_limit_veils_too_many_complaints_it_is_the_highest() -> None:
    found = _chances([0.6] * 100, [1.0] * 50 + [0.1] * 50)
    complaints = np.arange(200) >= 100

    assert limits(*found, VEILED_WRONGLY, complaints)[TOXIC] == np.float32(0.99)


def test_few_in_danger_are_missed_at_the_price_of_false_alarms() -> None:
    chances = np.array([0.9, 0.3, 0.25] + [0.2] * 9, np.float32)
    labels = np.array([1, 1, 0] + [0] * 9, np.float32)
    alarms = np.array([0.9, 0.1] + [0.15] * 20, np.float32)

    assert 0.25 < danger(chances, labels) <= 0.3
    assert danger(alarms, np.array([1, 1] + [0] * 20, np.float32)) > 0.15
