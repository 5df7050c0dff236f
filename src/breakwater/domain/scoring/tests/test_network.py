"""The network in numpy says what the same network says, computed number by number."""

from dataclasses import fields
from math import exp

import numpy as np
import pytest

from breakwater.domain.scoring.network import Floats, Network

D, C, K, H = 3, 4, 5, 2
SHAPES = {
    "first": (3 * D, C),
    "first_bias": (C,),
    "second": (3 * C, C),
    "second_bias": (C,),
    "attention": (C,),
    "hidden": (2 * C + D, K),
    "hidden_bias": (K,),
    "out": (K, H),
    "out_bias": (H,),
    "straight": (D, H),
}
LENGTHS = [5, 1, 3]

Rows = list[list[float]]


@pytest.fixture
def network() -> Network:
    draw = np.random.default_rng(11)
    weights = {name: draw.standard_normal(shape) for name, shape in SHAPES.items()}
    return Network(**{name: array.astype(np.float32) for name, array in weights.items()})


@pytest.fixture
def words() -> Floats:
    drawn = np.random.default_rng(12).standard_normal((3, 5, D)).astype(np.float32)
    for text, length in zip(drawn, LENGTHS, strict=True):
        text[length:] = 0
    return drawn


def _times(vector: list[float], weight: Floats, bias: Floats | None = None) -> list[float]:
    start = [0.0] * weight.shape[1] if bias is None else bias.tolist()
    return [
        start[to] + sum(vector[n] * float(weight[n, to]) for n in range(len(vector)))
        for to in range(weight.shape[1])
    ]


def _positive(vector: list[float]) -> list[float]:
    return [max(one, 0.0) for one in vector]


def _convolved(rows: Rows, weight: Floats, bias: Floats) -> Rows:
    edge = [[0.0] * len(rows[0])]
    around = edge + rows + edge
    return [
        _positive(_times(around[n] + around[n + 1] + around[n + 2], weight, bias))
        for n in range(len(rows))
    ]


def _slowly(network: Network, text: Rows) -> list[float]:
    near = _convolved(text, network.first, network.first_bias)
    again = _convolved(near, network.second, network.second_bias)
    wide = [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(again, near, strict=False)]
    shares = [exp(_times(row, network.attention[:, None])[0]) for row in wide]
    highest = [max(row[c] for row in wide) for c in range(C)]
    attended = [
        sum(share * row[c] for share, row in zip(shares, wide, strict=True)) / sum(shares)
        for c in range(C)
    ]
    mean = [sum(row[d] for row in text) / (len(text) + 1) ** 0.5 for d in range(D)]
    hidden = _positive(_times(highest + attended + mean, network.hidden, network.hidden_bias))
    out = _times(hidden, network.out, network.out_bias)
    return [a + b for a, b in zip(out, _times(mean, network.straight), strict=True)]


def test_it_computes_what_a_loop_computes(network: Network, words: Floats) -> None:
    said = network(words, np.array(LENGTHS))

    slowly = [_slowly(network, text[:n].tolist()) for text, n in zip(words, LENGTHS, strict=True)]
    assert set(SHAPES) == {part.name for part in fields(Network)}
    assert said.dtype == np.float32
    assert np.allclose(said, slowly, rtol=1e-4, atol=1e-4)


def test_padding_says_nothing(network: Network, words: Floats) -> None:
    longer = np.zeros((3, 40, D), np.float32)
    longer[:, :5] = words

    assert np.allclose(
        network(longer, np.array(LENGTHS)), network(words, np.array(LENGTHS)), atol=1e-5
    )


def test_a_text_without_a_word_gives_numbers(network: Network) -> None:
    assert np.isfinite(network(np.zeros((1, 1, D), np.float32), np.array([0]))).all()
