"""Chances come true as often as they say, and limits are where errors cost least."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="calibrating needs the packages of `make train`")

from breakwater.domain.scoring.scores import Head
from training import calibration
from training.calibration import (
    ABUSES,
    DANGER,
    FEWEST,
    FOUND,
    HELD_WRONGLY,
    MOST_COMPLAINTS,
    NEVER,
    VEILED_WRONGLY,
    Cost,
    Floats,
    Texts,
    cost_of,
    danger,
    fitted,
    limits,
    limits_by_head,
)
from training.corpus import HEADS

TOXIC, THREAT = HEADS.index(Head.ABUSIVE), HEADS.index(Head.THREAT)


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


def _texts(toxic: list[float], other: list[float], honest: int = 0) -> Texts:
    """Chances of toxicity alone. honest: so many of the last are honest complaints."""
    count = len(toxic) + len(other)
    chances = np.zeros((count, len(HEADS)), np.float32)
    chances[:, TOXIC] = [*toxic, *other]
    where = np.arange(count)
    harmless, complaints = where >= len(toxic), where >= count - honest
    return Texts(chances, ~harmless, complaints, harmless, chances[None, :0])


def test_a_limit_is_where_errors_cost_least() -> None:
    found = _texts([0.95] * 10 + [0.7] * 6, [0.75, 0.1, 0.1])

    dear = limits(found, Cost(10, 10))
    cheap = limits(found, VEILED_WRONGLY)

    assert (dear[ABUSES] > 0.75).all()
    assert (cheap[ABUSES] <= 0.7).all()


def test_all_kinds_of_abuse_share_a_limit_and_others_decide_nothing() -> None:
    found = limits(_texts([0.9] * 5, [0.1] * 5), VEILED_WRONGLY)

    assert len(set(found[ABUSES].tolist())) == 1
    assert {found[at] for at in range(len(HEADS)) if at not in ABUSES} == {NEVER}


def test_the_kind_that_is_likeliest_veils() -> None:
    found = _texts([0.0] * 5, [0.1] * 5)
    found.chances[:5, THREAT] = 0.9

    assert 0.1 < limits(found, VEILED_WRONGLY)[THREAT] < 0.9


def test_a_kind_that_is_sure_earlier_has_a_lower_limit_of_its_own() -> None:
    found = _texts([0.9] * 10, [0.85] * 4 + [0.1] * 10)
    found.chances[:5, TOXIC], found.chances[:5, THREAT] = 0.5, 0.6

    shared = limits(found, VEILED_WRONGLY)
    apart = limits_by_head(found, VEILED_WRONGLY)

    assert shared[THREAT] > 0.85
    assert apart[THREAT] <= 0.6
    assert 0.85 < apart[TOXIC] <= 0.9


def test_limits_are_found_that_are_cheapest_only_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where honest complaints allow one of two kinds a low limit, the kind that is moved first takes all they allow."""
    draw = np.random.default_rng(4)
    found = _texts([0.1] * 200, [0.1] * 400, honest=300)
    for head in ABUSES:
        found.chances[:200, head] = draw.beta(2, 2, 200)
        found.chances[200:, head] = draw.beta(1.5, 4, 400)

    many = cost_of(found, limits_by_head(found, VEILED_WRONGLY), VEILED_WRONGLY)
    monkeypatch.setattr(calibration, "DRAWN", 0)
    few = cost_of(found, limits_by_head(found, VEILED_WRONGLY), VEILED_WRONGLY)

    assert many < few < np.inf


def test_a_kind_that_says_nothing_new_veils_no_honest_complaint() -> None:
    found = _texts([0.9] * 10, [0.1] * 100, honest=100)
    found.chances[10:20, THREAT] = 0.5

    apart = limits_by_head(found, VEILED_WRONGLY)

    assert (found.chances[found.complaints, THREAT] >= apart[THREAT]).sum() == 0


@pytest.mark.parametrize(
    ("moved", "taken"),
    [
        ((0, 0), True),
        ((2, 0), True),  # 1 % on the mean
        ((2, 2), False),
        ((3, 0), False),  # the worst of them
        ((100, 100), False),
    ],
)
def test_a_limit_that_veils_whoever_names_their_group_is_not_taken(
    moved: tuple[int, int], taken: bool
) -> None:
    found = _texts([0.6] * 20, [0.1] * 100)
    written = np.zeros((3, 100, len(HEADS)), np.float32)
    for version, texts in enumerate(moved, 1):
        written[version, :texts, TOXIC] = 0.652

    limit = limits_by_head(replace(found, versions=written), VEILED_WRONGLY)[TOXIC]

    assert (limit <= 0.6) == taken
    assert taken or limit > 0.652


def test_what_is_held_takes_at_least_the_chance_of_what_is_veiled() -> None:
    draw = np.random.default_rng(1)
    for _ in range(20):
        found = _texts(draw.beta(4, 2, 60).tolist(), draw.beta(1, 4, 200).tolist())

        assert (limits(found, HELD_WRONGLY) >= limits(found, VEILED_WRONGLY)).all()


def test_honest_complaints_stay_shown_whatever_it_costs() -> None:
    found = _texts([0.6] * 1_000, [0.655] * 3 + [0.1] * 97, honest=100)

    limit = limits(found, VEILED_WRONGLY)[TOXIC]

    assert 0.655 < limit < 0.99
    assert (found.chances[found.complaints, TOXIC] >= limit).mean() <= MOST_COMPLAINTS


def test_where_every_limit_veils_too_many_complaints_it_is_the_highest() -> None:
    found = _texts([0.6] * 100, [1.0] * 50 + [0.1] * 50, honest=100)

    assert limits(found, VEILED_WRONGLY)[TOXIC] == np.float32(0.99)


def test_one_that_asks_is_shown_where_one_that_nobody_waits_for_is_veiled() -> None:
    idle = _texts([0.7] * 4, [0.75] + [0.1] * 99)
    idle = replace(idle, asking=np.zeros(104, np.bool_))
    asking = replace(idle, asking=~idle.toxic)

    assert limits(idle, VEILED_WRONGLY)[TOXIC] <= 0.7
    assert limits(asking, VEILED_WRONGLY)[TOXIC] > 0.75


def test_most_of_what_is_harmless_stays_shown_whatever_it_costs() -> None:
    found = _texts([0.7] * 1_000, [0.75] * 4 + [0.1] * 96)

    assert limits(found, VEILED_WRONGLY)[TOXIC] > 0.75


def test_each_kinds_limits_cost_no_more_than_one_for_all() -> None:
    draw = np.random.default_rng(3)
    for _ in range(5):
        found = _texts(draw.beta(4, 2, 60).tolist(), draw.beta(1, 4, 200).tolist())
        found.chances[:, THREAT] = draw.permutation(found.chances[:, TOXIC])

        apart, shared = limits_by_head(found, VEILED_WRONGLY), limits(found, VEILED_WRONGLY)

        assert _errors(found, apart) <= _errors(found, shared)


def _errors(texts: Texts, limit: Floats) -> int:
    over = (texts.chances >= limit).any(1)
    return int(VEILED_WRONGLY.asked * (over & ~texts.toxic).sum() + (~over & texts.toxic).sum())


def test_so_many_of_those_in_danger_are_found_whatever_rings_falsely() -> None:
    chances = np.linspace(0.05, 0.5, 100).astype(np.float32)
    labels = np.ones(100, np.float32)
    more = np.concatenate([chances, np.full(500, 0.3, np.float32)])

    limit = danger(chances, labels)

    assert (chances >= limit).mean() == pytest.approx(FOUND, abs=0.01)
    assert danger(more, np.concatenate([labels, np.zeros(500, np.float32)])) == limit
    assert danger(np.ones(20, np.float32), np.ones(20, np.float32)) == pytest.approx(DANGER[1])
