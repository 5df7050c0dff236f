"""The small network over words, in numpy: two convolutions, three ways of pooling, one hidden layer.

Trained in `training/`, which holds the same forward pass for its gradients.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

AWAY = np.float32(-1e9)
"""Added to what padding would be weighed by."""


@dataclass(frozen=True, slots=True)
class Network:
    """Weights. D: width of a word; C: of a convolution; K: of the hidden layer; H: heads.

    first: 3D x C. second: 3C x C. attention: C. hidden: (2C + D) x K. out: K x H.
    straight: D x H, from the mean of the words to the heads.
    """

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    attention: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    straight: Floats

    def __call__(self, words: Floats, lengths: NDArray[np.int64]) -> Floats:
        """words: B x T x D, zero beyond each length. Gives B x H, before calibration."""
        return self.said(*self.read(words, lengths))

    def said(self, hidden: Floats, mean: Floats) -> Floats:
        """B x H. hidden, mean: of `read`."""
        logits: Floats = hidden @ self.out + self.out_bias + mean @ self.straight
        return logits

    def read(self, words: Floats, lengths: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """What the hidden layer is, B x K, and the mean of the words, B x D. Words as for a call."""
        batch, longest, width = words.shape
        apart = np.zeros((batch, longest + 1, width), np.float32)
        apart[:, :-1] = words
        mask = np.arange(longest + 1) < lengths[:, None]
        near = _convolved(apart, self.first, self.first_bias, mask)
        wide = _convolved(near, self.second, self.second_bias, mask)
        wide += near
        weights = _weights(np.matmul(wide, self.attention, dtype=np.float32), mask)
        mean = words.sum(1) / np.sqrt(lengths + 1, dtype=np.float32)[:, None]
        attended = np.matmul(weights[:, None, :], wide)[:, 0]
        pooled = np.concatenate([wide.max(1), attended, mean], 1)
        return np.maximum(pooled @ self.hidden + self.hidden_bias, 0), mean


def _convolved(rows: Floats, weight: Floats, bias: Floats, mask: NDArray[np.bool_]) -> Floats:
    """What each word and its two neighbours give; nothing from padding. The row of zeros behind
    each text keeps neighbours of different texts apart, so that all are read as one long text."""
    batch, length, width = rows.shape
    flat = rows.reshape(-1, width)
    given = flat @ weight[width : 2 * width]
    given[1:] += flat[:-1] @ weight[:width]
    given[:-1] += flat[1:] @ weight[2 * width :]
    given += bias
    np.maximum(given, 0, out=given)
    convolved: Floats = given.reshape(batch, length, -1)
    convolved *= mask[..., None]
    return convolved


def _weights(attention: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Shares of one whole over the words of each text."""
    scores = np.where(mask, attention, AWAY)
    shares = np.exp(scores - scores.max(1, keepdims=True))
    weights: Floats = shares / shares.sum(1, keepdims=True)
    return weights
