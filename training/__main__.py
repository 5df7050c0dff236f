"""`make train`: the weights, the model card, and the figures beside peers.

python -m training [--seed N] [--quick | --card | --known]
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.weights import Weights, shipped, written
from training import named, report
from training.build import Recipe, built, finished, seeds
from training.corpus import OURS, RELABELLED, RULES, Row, by_rule, own, public, relabelled
from training.disguised import copies
from training.fit import Plan
from training.spelling import known

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "scoring"
WEIGHTS = ROOT / "src" / "breakwater" / "domain" / "scoring" / "weights" / "model.npz"
CARD = ROOT / "docs" / "scoring" / "model-card.md"
VERSION = "1.4"
TEACHERS = 3
"""How many learn first, alike but for the seed."""
LEARNERS = 3
"""How many hear them; the best of them on dev is kept. With --quick there is one of each."""
FEW, SOME, MANY = 0.08, 0.25, 0.8
"""Share of public texts, of those with our labels, and of ours that are also learnt in disguise."""
NAMED = 0.4
"""Share of texts with our labels that are also learnt with their writer's group named."""
LARGEST = 8_000_000
"""Bytes of all weights, the language's too."""
QUICK = 20
"""With --quick, each so many-th public text is trained on, and nothing is written over."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="try the whole way on a few texts")
    parser.add_argument("--card", action="store_true", help="measure the weights that are there")
    parser.add_argument(
        "--known", action="store_true", help="put the known words into the weights that are there"
    )
    options = parser.parse_args()
    begin = time.monotonic()
    public_rows = public("train", SHARED)[:: QUICK if options.quick else 1]
    again = relabelled("train", SHARED)[:: QUICK if options.quick else 1]
    trained = [*public_rows, *again, *own(kept_back=False), *by_rule(options.seed)]
    dev, kept = public("dev", SHARED), [*own(kept_back=True), *relabelled("dev", SHARED)]
    if options.card:
        return _report(shipped(), trained, public_rows, dev, kept, options)
    if options.known:
        met = replace(shipped(), known=known(trained, SHARED / "lexicons"))
        return _kept(finished(met, [*dev, *kept]))
    weights = built(_recipe(trained, public_rows, dev, kept, options))
    minutes = (time.monotonic() - begin) / 60
    _say(f"learnt in {minutes:.0f} minutes")
    if not options.quick:
        _kept(weights)
    return _report(weights, trained, public_rows, dev, kept, options)


def _kept(weights: Weights) -> None:
    data = written(weights)
    size = len(data) + (WEIGHTS.parent / "language.npz").stat().st_size
    if size > LARGEST:
        sys.exit(f"The weights are {size:,} bytes, more than {LARGEST:,}.")
    WEIGHTS.write_bytes(data)
    _say(f"{size:,} bytes")


def _recipe(
    trained: Sequence[Row],
    public_rows: Sequence[Row],
    dev: Sequence[Row],
    kept: Sequence[Row],
    options: argparse.Namespace,
) -> Recipe:
    seed = options.seed
    ours = [row for row in trained if row.source in (OURS, RULES)]
    again = [row for row in trained if row.source == RELABELLED]
    shares = ((public_rows, FEW), (again, SOME), (ours, MANY))
    written_so = [copy for rows, share in shares for copy in copies(rows, share, seed)]
    written_so += named.copies([*ours, *again], NAMED, seed)
    return Recipe(
        trained,
        written_so,
        [*dev, *kept],
        SHARED / "lexicons",
        Plan(seed=seed),
        VERSION,
        *_many(options),
        dev=dev,
    )


def _many(options: argparse.Namespace) -> tuple[int, int]:
    """Teachers and learners."""
    return (1, 1) if options.quick else (TEACHERS, LEARNERS)


def _report(
    weights: Weights,
    trained: Sequence[Row],
    public_rows: Sequence[Row],
    dev: Sequence[Row],
    kept: Sequence[Row],
    options: argparse.Namespace,
) -> None:
    drawn = seeds(options.seed, *_many(options))
    text = report.written(Model(weights), weights, trained, public_rows, dev, kept, drawn)
    if options.quick:
        sys.stdout.write(text)
    else:
        CARD.write_text(text, encoding="utf-8")
        _say(f"wrote {CARD.relative_to(ROOT)}")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
