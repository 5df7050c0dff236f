"""The forward pass of `breakwater.domain.scoring.network` again, in JAX, with its gradients."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

Weights = dict[str, Any]
LIKE, MIXED = 0.5, 1.0
"""What it counts not to see whose text one is, and to be wrong in what is said for all of them."""


def begun(
    seed: int, width: int, channels: int, hidden: int, learnt: int, offsets: tuple[int, int]
) -> Weights:
    """Weights to begin with, named as the fields of Network, and offsets of our columns: sources x heads."""
    draw = np.random.default_rng(seed)

    def normal(rows: int, columns: int, gain: float = 1.0) -> Any:
        scale = gain * np.sqrt(2 / rows)
        return jnp.asarray(draw.standard_normal((rows, columns)) * scale, jnp.float32)

    return {
        "first": normal(3 * width, channels),
        "first_bias": jnp.zeros(channels),
        "second": normal(3 * channels, channels, 0.7),
        "second_bias": jnp.zeros(channels),
        "attention": normal(channels, 1, 0.1)[:, 0],
        "hidden": normal(2 * channels + width, hidden),
        "hidden_bias": jnp.zeros(hidden),
        "out": normal(hidden, learnt, 0.5),
        "out_bias": jnp.zeros(learnt),
        "straight": jnp.zeros((width, learnt)),
        "source": jnp.zeros(offsets),
    }


def forward(weights: Weights, vectors: Any, at: Any, key: Any = None, drop: float = 0.3) -> Any:
    """vectors: U x D of the batch's distinct words, row 0 being none. at: B x T rows of it.

    key: to drop values and whole words at random while training; None: nothing is dropped.
    """
    mask = (at > 0).astype(jnp.float32)[..., None]
    rows = vectors[at] * mask
    if key is not None:
        key, some, whole = jax.random.split(key, 3)
        rows *= _kept(some, drop / 2, rows.shape) * jax.random.bernoulli(
            whole, 0.92, (*rows.shape[:2], 1)
        )
    near = _convolved(rows, weights["first"], weights["first_bias"]) * mask
    wide = _convolved(near, weights["second"], weights["second_bias"]) * mask + near
    scores = wide @ weights["attention"] - 1e9 * (1 - mask[..., 0])
    attended = jnp.einsum("bt,btc->bc", jax.nn.softmax(scores, -1), wide)
    mean = rows.sum(1) / jnp.sqrt(mask.sum(1) + 1)
    pooled = jnp.concatenate([wide.max(1), attended, mean], -1)
    if key is not None:
        pooled *= _kept(key, drop, pooled.shape)
    hidden = jax.nn.relu(pooled @ weights["hidden"] + weights["hidden_bias"])
    return hidden @ weights["out"] + weights["out_bias"] + mean @ weights["straight"]


def _kept(key: Any, drop: float, shape: tuple[int, ...]) -> Any:
    return jax.random.bernoulli(key, 1 - drop, shape) / (1 - drop)


def _convolved(rows: Any, weight: Any, bias: Any) -> Any:
    padded = jnp.pad(rows, ((0, 0), (1, 1), (0, 0)))
    beside = jnp.concatenate([padded[:, :-2], padded[:, 1:-1], padded[:, 2:]], -1)
    return jax.nn.relu(beside @ weight + bias)


def _mixed(logits: Any, first: int, batch: dict[str, Any]) -> Any:
    """Cross entropy of what is shipped as toxic (`domain.scoring.conventions`): our first column, and those of
    others from `first` on. batch: `whose` has a row for each of the latter, 1 for its name."""
    whose, looks, ours = batch["whose"], batch["looks"], logits[:, 0]
    some = slice(first, first + whose.shape[0])
    shares = jax.nn.softmax(logits[:, -looks.shape[1] :], -1) @ whose.T
    chance = (jax.nn.sigmoid(logits[:, some]) * shares).sum(1)
    chance += jax.nn.sigmoid(ours) * (1 - shares.sum(1))
    chance = jnp.clip(chance, 1e-6, 1 - 1e-6)
    by_us, by_them = batch["given"][:, 0], batch["given"][:, some]
    true = batch["labels"][:, 0] * by_us + (batch["labels"][:, some] * by_them).sum(1)
    error = true * jnp.log(chance) + (1 - true) * jnp.log(1 - chance)
    return -(by_us + by_them.sum(1)) * error


def _columns(weights: Weights, vectors: Any, wide: Any, batch: dict[str, Any], key: Any) -> Any:
    """Texts x columns. Each source of ours has its own offsets, so that what one source calls rare is not learnt from
    its texts' manner."""
    logits = (forward(weights, vectors, batch["at"], key) + wide) @ batch["sums"]
    offsets = weights["source"]
    return logits.at[:, : offsets.shape[1]].add(offsets[batch["source"]])


def _chances(weights: Weights, vectors: Any, wide: Any, batch: dict[str, Any]) -> Any:
    """Texts x columns, nothing being dropped."""
    return jax.nn.sigmoid(_columns(weights, vectors, wide, batch, None))


def loss(weights: Weights, vectors: Any, wide: Any, batch: dict[str, Any], key: Any) -> Any:
    """Cross entropy over what is wanted, and over whose texts they are. batch: `labels` are those that were `given`, else 0;
    `wanted` has what teachers say, too, and `counted` what an error in it counts."""
    logits, looks = _columns(weights, vectors, wide, batch, key), batch["looks"]
    each = optax.sigmoid_binary_cross_entropy(logits, batch["wanted"]) * batch["counted"]
    like = optax.softmax_cross_entropy(logits[:, -looks.shape[1] :], looks)
    told = LIKE * like.sum() + MIXED * _mixed(logits, weights["source"].shape[1], batch).sum()
    return (each.sum() + told) / len(batch["at"]) + 1e-4 * (weights["source"] ** 2).sum()


chances = jax.jit(_chances)
gradients = jax.jit(jax.value_and_grad(loss, argnums=(0, 1, 2)))
