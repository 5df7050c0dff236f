"""What is learnt is what the product reads. Needs the packages of `make train`."""

from dataclasses import fields

import numpy as np
import pytest

jax = pytest.importorskip("jax", reason="learning needs the packages of `make train`")

from breakwater.domain.scoring.network import Network  # noqa: E402
from breakwater.domain.scoring.vocabulary import Table  # noqa: E402
from training.bags import bags, begun, ids  # noqa: E402
from training.conventions import lessons  # noqa: E402
from training.corpus import HEADS, Row  # noqa: E402
from training.fit import Learner, Plan  # noqa: E402
from training.gradients import begun as weights_begun  # noqa: E402
from training.gradients import forward  # noqa: E402

WIDTH, CHANNELS, HIDDEN = 6, 5, 4


def test_the_product_computes_what_was_learnt() -> None:
    weights = weights_begun(3, WIDTH, CHANNELS, HIDDEN, len(HEADS), (2, 1))
    network = Network(**{part.name: np.asarray(weights[part.name]) for part in fields(Network)})
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((9, WIDTH)).astype(np.float32)
    vectors[0] = 0
    at = np.array([[1, 2, 3, 0], [8, 4, 0, 0], [5, 0, 0, 0]])

    learnt = np.asarray(forward(weights, vectors, at))

    assert np.allclose(network(vectors[at], np.array([3, 2, 1])), learnt, atol=1e-5)


def _learner(seed: int) -> Learner:
    texts = [f"you are {'awful' if n % 2 else 'lovely'} number {n}" for n in range(600)]
    rows = [
        Row("own", "en", text, {head: float(n % 2) for head in HEADS})
        for n, text in enumerate(texts)
    ]
    known, taught = begun(), lessons(rows)
    numbers = ids(texts, known, grow=True)
    empty = Table(
        np.zeros((256, 8), np.int8), np.ones(8, np.float32),
        np.zeros(0, np.uint32), np.zeros((0, 0), np.float32),
    )  # fmt: skip
    table = np.random.default_rng(seed).standard_normal((256, 8)).astype(np.float32)
    return Learner(
        Plan(dimensions=8, channels=8, hidden=8, epochs=60, seed=seed),
        bags(known, empty),
        table,
        np.zeros((64, len(taught.sums)), np.float32),
        taught.sums,
        numbers,
        taught.labels(rows),
        (taught.looks(rows)[:, None] == np.arange(len(taught.names))).astype(np.float32),
        np.zeros(len(rows), np.int64),
        (1, len(HEADS)),
        taught.whose,
        taught.worth({}),
        np.ones(len(rows), np.float32),
    )


def test_what_can_be_told_is_learnt_and_the_same_seed_learns_the_same() -> None:
    one, again = _learner(7), _learner(7)

    one.learn()
    again.learn()

    at = np.array([one.texts[0], one.texts[1]])
    words = np.unique(at)
    vectors = np.zeros((int(words.max()) + 1, 8), np.float32)
    vectors[words] = one.bags.take(words) @ one.table
    kind, rude = np.asarray(forward(one.weights, vectors, at))[:, : len(HEADS)]
    assert (rude > kind).all()
    assert all(np.array_equal(one.weights[name], again.weights[name]) for name in one.weights)
    assert np.array_equal(one.table, again.table)
