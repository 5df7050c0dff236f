"""What is learnt is what the product reads. Needs the packages of `make train`."""

from dataclasses import fields, replace

import numpy as np
import pytest

jax = pytest.importorskip("jax", reason="learning needs the packages of `make train`")

from breakwater.domain.scoring.model import Model  # noqa: E402
from breakwater.domain.scoring.network import Network  # noqa: E402
from breakwater.domain.scoring.scores import Head  # noqa: E402
from breakwater.domain.scoring.vocabulary import Table  # noqa: E402
from training import figures  # noqa: E402
from training.__main__ import SHARED  # noqa: E402
from training.bags import bags, begun, ids  # noqa: E402
from training.build import Recipe, built, mean_of, seeds  # noqa: E402
from training.conventions import lessons  # noqa: E402
from training.corpus import HEADS, Row  # noqa: E402
from training.fit import Learner, Material, Plan  # noqa: E402
from training.gradients import begun as weights_begun  # noqa: E402
from training.gradients import forward  # noqa: E402

WIDTH, CHANNELS, HIDDEN = 6, 5, 4
TEXTS = 600


def test_the_product_computes_what_was_learnt() -> None:
    weights = weights_begun(3, WIDTH, CHANNELS, HIDDEN, len(HEADS), (2, 1))
    network = Network(**{part.name: np.asarray(weights[part.name]) for part in fields(Network)})
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((9, WIDTH)).astype(np.float32)
    vectors[0] = 0
    at = np.array([[1, 2, 3, 0], [8, 4, 0, 0], [5, 0, 0, 0]])

    learnt = np.asarray(forward(weights, vectors, at))

    assert np.allclose(network(vectors[at], np.array([3, 2, 1])), learnt, atol=1e-5)


def _learner(seed: int, *, known: int = TEXTS, told: float | None = None) -> Learner:
    """known: texts that have labels. told: how likely a teacher says that rude ones are rude, and kind ones kind."""
    texts = [
        f"you are {'awful' if n % 2 else 'lovely'} number {n}{' indeed' * (n % 3)}"
        for n in range(TEXTS)
    ]
    rows = [
        Row("own", "en", text, {head: float(n % 2) for head in HEADS} if n < known else {})
        for n, text in enumerate(texts)
    ]
    numbered, taught = begun(), lessons(rows)
    numbers = ids(texts, numbered, grow=True)
    empty = Table(
        np.zeros((256, 8), np.int8), np.ones(8, np.float32),
        np.zeros(0, np.uint32), np.zeros((0, 0), np.float32),
    )  # fmt: skip
    table = np.random.default_rng(seed).standard_normal((256, 8)).astype(np.float32)
    rude = np.repeat(np.arange(TEXTS) % 2, taught.width).reshape(TEXTS, -1) == 1
    material = Material(
        bags(numbered, empty),
        numbers,
        taught.labels(rows),
        (taught.looks(rows)[:, None] == np.arange(len(taught.names))).astype(np.float32),
        np.zeros(len(rows), np.int64),
        (1, len(HEADS)),
        taught.sums,
        taught.whose,
        taught.worth({}),
        np.ones(len(rows), np.float32),
        None if told is None else np.where(rude, told, 1 - told).astype(np.float16),
    )
    plan = Plan(dimensions=8, channels=8, hidden=8, epochs=60, seed=seed)
    return Learner(plan, material, table, np.zeros((64, len(taught.sums)), np.float32))


def test_what_can_be_told_is_learnt_and_the_same_seed_learns_the_same() -> None:
    one, again = _learner(7), _learner(7)

    one.learn()
    again.learn()

    kind, rude = one.said()[:2, : len(HEADS)]
    assert (rude > kind).all()
    assert all(np.array_equal(one.weights[name], again.weights[name]) for name in one.weights)
    assert np.array_equal(one.table, again.table)
    assert np.array_equal(one.wide, again.wide)


def test_what_nobody_has_labelled_is_learnt_from_teachers() -> None:
    alone, taught = _learner(7, known=0), _learner(7, known=0, told=0.9)

    alone.learn()
    taught.learn()

    apart = [one.said()[1::2].mean(0) - one.said()[::2].mean(0) for one in (alone, taught)]
    assert abs(apart[0][: len(HEADS)]).max() < 0.2
    assert (apart[1][: len(HEADS)] > 0.5).all()


def test_what_somebody_has_labelled_is_learnt_from_labels() -> None:
    learner = _learner(7, told=0.1)

    learner.learn()

    assert (learner.said()[1::2, : len(HEADS)] > 0.9).all()


def test_the_mean_of_what_teachers_say_is_taken() -> None:
    one, other = np.array([[0.2, 0.5]], np.float16), np.array([[0.4, 1.0]], np.float16)

    told = mean_of([one, other])

    assert told is not None
    assert told[0] == pytest.approx([0.3, 0.75], abs=1e-3)
    assert mean_of([]) is None


def test_weights_are_learnt_from_teachers_too(recipe: Recipe) -> None:
    """Whose texts have a label of their own for one head hear of the others."""
    alone, taught = built(recipe), built(replace(recipe, teachers=1))

    assert alone.network.out.shape == taught.network.out.shape
    assert not np.array_equal(alone.network.out, taught.network.out)


def test_the_learner_is_kept_who_is_best_on_dev(recipe: Recipe) -> None:
    each = [built(replace(recipe, plan=replace(recipe.plan, seed=seed))) for seed in (0, 1, 2)]

    kept = built(replace(recipe, learners=3))

    reached = [figures.toxicity(Model(one), recipe.dev) for one in each]
    assert len(set(reached)) == 3
    assert np.array_equal(kept.network.out, each[int(np.argmax(reached))].network.out)


def test_nobody_learns_twice_from_the_same_seed() -> None:
    assert seeds(0, teachers=3, learners=3) == ([1, 2, 3], [0, 4, 5])
    assert seeds(7, teachers=0, learners=1) == ([], [7])


def test_without_dev_there_is_one_learner(recipe: Recipe) -> None:
    with pytest.raises(ValueError, match="which learner is best"):
        replace(recipe, dev=(), learners=2)


@pytest.fixture
def recipe() -> Recipe:
    ours = [
        Row("own", language, f"{word} number {n}", dict.fromkeys(HEADS, float(word == "awful")))
        for n in range(75)
        for language in ("en", "fr")
        for word in ("awful", "lovely")
    ]
    theirs = [Row("forum", "en", f"post {n} is fine", {Head.TOXIC: n % 2}) for n in range(300)]
    plan = Plan(dimensions=8, channels=8, hidden=8, epochs=1)
    return Recipe([*ours, *theirs], [], ours, SHARED / "lexicons", plan, "1", dev=theirs)
