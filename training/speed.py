"""What scoring costs, beside its peers: one core, the posts of dev, each measure in a fresh process.

`python -m training.speed [breakwater | vader | alt-profanity-check]` prints one as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from breakwater.domain.scoring import model
from breakwater.domain.scoring.scores import Item
from training.corpus import public

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "scoring"
PEERS = ("breakwater", "vader", "alt-profanity-check")
BATCH = 256
POSTS = 6_000
SINGLES = 2_000
MIB = 1024.0

Scores = Callable[[Sequence[str]], object]


def breakwater() -> Scores:
    embedded = model.embedded()
    return lambda texts: embedded.score([Item(text) for text in texts])


def peer(name: str) -> Scores:
    """Another one, imported when it is measured: its memory and its loading are its own."""
    if name == "breakwater":
        return breakwater()
    if name == "vader":
        analyser = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
        return lambda texts: [analyser.polarity_scores(text) for text in texts]
    predict = import_module("profanity_check").predict_prob
    return lambda texts: predict(list(texts))


def measured(name: str) -> dict[str, float]:
    """posts_s, p50_ms, p95_ms, load_ms, memory_mib: more than numpy alone, at the end."""
    texts = [row.text for row in public("dev", SHARED)][:POSTS]
    held, begin = _memory(), time.perf_counter()
    score = peer(name)
    score(["Bonjour"])
    load = time.perf_counter() - begin
    score(texts[:BATCH])
    begin = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        score(texts[at : at + BATCH])
    whole = time.perf_counter() - begin
    singles = [_timed(score, text) for text in texts[:SINGLES]]
    return {
        "posts_s": len(texts) / whole,
        "p50_ms": float(np.percentile(singles, 50)) * 1e3,
        "p95_ms": float(np.percentile(singles, 95)) * 1e3,
        "load_ms": load * 1e3,
        "memory_mib": _memory() - held,
    }


def _timed(score: Scores, text: str) -> float:
    begin = time.perf_counter()
    score([text])
    return time.perf_counter() - begin


def _memory() -> float:
    """MiB, the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


def all_measured() -> dict[str, dict[str, float]]:
    """Each in a process of its own, on one core."""
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    found = {}
    for name in PEERS:
        run = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "training.speed", name],
            env={**os.environ, **one}, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found[name] = json.loads(run.stdout)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(sys.argv[1])) + "\n")
