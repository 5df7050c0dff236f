"""What a workspace's corrections are worth, played: a team that agrees with one public collection, and not with us.

`OPENBLAS_NUM_THREADS=1 PYTHONPATH=src .venv/bin/python -m training.teams` prints, as JSON lines: what learning and scoring cost; then for each
collection and number of corrections whether something is learnt, and how many of all texts that were not corrected
are shown or veiled as that collection has it, before and after. Needs shared/data/scoring. A minute.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np

from breakwater.domain.scoring.adapters import Adapter, Adapters, Taught
from breakwater.domain.scoring.banding import name_of
from breakwater.domain.scoring.learning import MOST, Lesson, Ordinary, Rows, fitted, learn
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import Head, Item
from training.corpus import Row, public

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "scoring"
HEAD = Head.ABUSIVE
CORRECTIONS = (60, 200, 800)
LEAST = 600
TEXTS = 2_500
BATCH, PASSES = 256, 61
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """should: whether the collection calls it toxic. veiled: whether the model does."""

    taught: Taught
    limit: float
    should: bool
    veiled: bool


def costs(texts: Sequence[str]) -> dict[str, float]:
    """fit_ms: of 2,000 corrections, both fits. plain_ms, adapted_ms: of a batch of 256, the least of some."""
    lessons = [_lesson(one, n) for n, one in enumerate(_any(MOST))]
    ordinary = _ordinary()
    begun = time.perf_counter()
    learn(lessons, ordinary)
    fit = time.perf_counter() - begun
    model = embedded()
    weights = np.full(len(lessons[0].taught.hidden) // 2, 0.001, np.float32)
    adapted = model.adapted(Adapters(1, {HEAD: Adapter(weights, 0.1, name_of(model))}))
    items = [Item(text) for text in texts[:BATCH]]
    timed = [[_timed(one.score, items) for one in (model, adapted)] for _ in range(PASSES)]
    plain, after = np.array(timed[1:]).min(0) * 1000
    return {
        "fit_ms": round(fit * 1000, 1),
        "plain_ms": round(float(plain), 2),
        "adapted_ms": round(float(after), 2),
    }


def teams(rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    ordinary = _ordinary()
    for source in sorted({(row.source, row.language) for row in rows}):
        some = [
            row for row in rows if (row.source, row.language) == source and Head.TOXIC in row.labels
        ]
        if len(some) < LEAST:
            continue
        texts = list(_read(some[:TEXTS]))
        for corrections in CORRECTIONS:
            found = _played(texts, corrections, ordinary)
            if found:
                yield {"source": "/".join(source), **found}


def _played(
    texts: Sequence[Text], corrections: int, ordinary: Sequence[Ordinary]
) -> dict[str, object] | None:
    """A third of what is corrected was veiled; None where not enough is wrong, or too little would be left."""
    mixed = Random(corrections).sample(list(texts), len(texts))
    strict = [one for one in mixed if one.veiled and not one.should][: corrections // 3]
    mild = [one for one in mixed if one.should and not one.veiled][: corrections - len(strict)]
    said = Random(corrections).sample([*strict, *mild], len(strict) + len(mild))
    rest = [one for one in mixed if not any(one is other for other in said)]
    if len(said) < corrections or len(rest) < LEAST:
        return None
    lessons = [_lesson(one, n) for n, one in enumerate(said)]
    found = learn(lessons, ordinary)
    adapter = found.adapter or fitted(Rows.of(lessons), Rows.as_it_is(ordinary[::2]))
    asked = Rows.of([_lesson(one, 0) for one in rest])
    should = asked.wanted > 0.5
    before = (asked.alone >= asked.limits) == should
    after = (asked.chances(adapter) >= asked.limits) == should
    return {
        "corrections": corrections,
        "learnt": found.why.value if found.why else "yes",
        "newest": [found.judged.now.right, found.judged.learnt.right, found.judged.of]
        if found.judged
        else None,
        "right_before": round(float(before.mean()), 3),
        "right_after": round(float(after.mean()), 3),
        "of_the_right_stay": round(float(after[before].mean()), 3),
    }


def _read(rows: Sequence[Row]) -> Iterator[Text]:
    model = embedded()
    items = [Item(row.text, row.language) for row in rows]
    for row, item, score in zip(rows, items, model.score(items), strict=True):
        limit = model.edges(score.language).veil.get(HEAD)
        if limit is not None:
            taught = model.taught(item)[HEAD]
            yield Text(taught, limit, row.labels[Head.TOXIC] >= 0.5, score.chances[HEAD] >= limit)


def _lesson(one: Text, at: int) -> Lesson:
    return Lesson(BEGUN + timedelta(minutes=at), one.taught, one.limit, one.should)


def _ordinary() -> list[Ordinary]:
    model = embedded()
    return [
        Ordinary(taught[HEAD], model.edges(name).veil[HEAD]) for name, taught in model.ordinary()
    ]


def _any(number: int) -> Iterator[Text]:
    """Corrections of ordinary texts, some of them right, with a little noise: they have only to be as many."""
    dice = np.random.default_rng(1)
    ordinary = _ordinary()
    for n in range(number):
        one = ordinary[n % len(ordinary)]
        layer = np.frombuffer(one.taught.hidden, "<f2").astype(np.float64)
        hidden = np.abs(layer + dice.normal(0, 1, len(layer))).astype("<f2").tobytes()
        yield Text(
            Taught(hidden, one.taught.odds, one.taught.slope), one.limit, n % 2 == 0, n % 2 == 1
        )


def _timed(score: Callable[[Sequence[Item]], object], items: Sequence[Item]) -> float:
    begun = time.perf_counter()
    score(items)
    return time.perf_counter() - begun


if __name__ == "__main__":
    dev = public("dev", SHARED)
    embedded().ordinary()
    sys.stdout.write(json.dumps(costs([row.text for row in dev])) + "\n")
    for found in teams(dev):
        sys.stdout.write(json.dumps(found) + "\n")
