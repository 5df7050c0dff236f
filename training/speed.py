"""What scoring costs, beside its peers: one core, the posts of dev, each measure in a fresh process.

`python -m training.speed [breakwater | vader | alt-profanity-check]` prints one as JSON.
"""

import json
import os
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
PASSES = 6
"""Over the same posts: the first meets their words, the others tell the figure (the median)."""
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
    """first_posts_s, posts_s, p50_ms, p95_ms, load_ms, memory_mib: more than numpy alone, at the end."""
    texts = [row.text for row in public("dev", SHARED)][:POSTS]
    held, begin = _memory(), time.perf_counter()
    score = peer(name)
    score(["Bonjour"])
    load = time.perf_counter() - begin
    score(texts[:BATCH])
    passes = [_passed(score, texts) for _ in range(PASSES)]
    singles = [_timed(score, text) for text in texts[:SINGLES]]
    return {
        "first_posts_s": len(texts) / passes[0],
        "posts_s": len(texts) / float(np.median(passes[1:])),
        "p50_ms": float(np.percentile(singles, 50)) * 1e3,
        "p95_ms": float(np.percentile(singles, 95)) * 1e3,
        "load_ms": load * 1e3,
        "memory_mib": _memory() - held,
    }


def _passed(score: Scores, texts: Sequence[str]) -> float:
    begin = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        score(texts[at : at + BATCH])
    return time.perf_counter() - begin


def _timed(score: Scores, text: str) -> float:
    begin = time.perf_counter()
    score([text])
    return time.perf_counter() - begin


def _memory() -> float:
    """MiB, the most so far, of this process alone: what getrusage says begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / MIB


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
