"""Everything that the model card says, measured."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.scores import FEELING, Band, Head, Score
from breakwater.domain.scoring.weights import Weights
from training import figures, peers, speed
from training.build import calibrated
from training.card import Findings, card
from training.corpus import HEADS, Row
from training.obfuscation import suite

PUBLIC_HEADS = (Head.IDENTITY_HATE, Head.THREAT)
OURS = "Breakwater"
SOURCES = {"own": "Our own texts", "relabelled": "Public texts labelled as ours"}
LANGUAGES = {"en": "English", "fr": "French"}


def written(
    model: Model,
    weights: Weights,
    trained: Sequence[Row],
    public_rows: Sequence[Row],
    dev: Sequence[Row],
    kept: Sequence[Row],
    seeds: tuple[Sequence[int], Sequence[int]],
) -> str:
    """The card. dev, kept: public texts that were not trained on; own ones, and public ones labelled as ours are. seeds: as
    of `build.seeds`."""
    said, own = figures.scored(model, dev), figures.scored(model, kept)
    linear = peers.Linear(public_rows)
    held = [*dev, *kept]
    found = Findings(
        auc=_beside_peers(dev, said, linear, Head.TOXIC),
        abuse=_beside_peers(kept, own, linear, Head.ABUSIVE),
        heads={h: figures.auc(dev, figures.column(said, h), h) for h in PUBLIC_HEADS},
        feeling=_feeling(dev, said, linear),
        own={h: figures.auc(kept, figures.column(own, h), h) for h in HEADS},
        complaints=figures.complaints_veiled(kept, own),
        bands=_bands(kept, own),
        errors=figures.calibration_errors(held, lambda rows: Model(calibrated(weights, rows))),
        fairness={
            g: figures.fairness(kept, figures.column(own, Head.ABUSIVE), g) for g in ("en", "fr")
        },
        disguises=_disguises(model, kept, own, seeds[1][0]),
        speed=_speed(),
    )
    return card(model, trained, found, _made(*seeds))


def _made(teaching: Sequence[int], hearing: Sequence[int]) -> str:
    one, others = ", ".join(map(str, teaching)), ", ".join(map(str, hearing))
    return f"Of what was learnt with the seeds {others}, taught by those with {one or 'none'}, this is the best on dev; texts are fixed by the first. Figures are of dev, some of whose texts were labelled anew as ours are, and of texts of ours that were kept back, never of held-out sets."


def _beside_peers(
    rows: Sequence[Row], said: Sequence[Score], linear: peers.Linear, head: Head
) -> Mapping[str, Mapping[tuple[str, str], float]]:
    """ROC-AUC of a head by who says it. Peers say how toxic a text is, of whatever head."""
    texts = [row.text for row in rows]
    others = {
        "linear": linear(texts),
        "alt-profanity-check": peers.alt_profanity_check(texts),
        "VADER": peers.vader(texts),
    }
    ours = {OURS: figures.column(said, head)}
    return {name: figures.auc(rows, column, head) for name, column in {**ours, **others}.items()}


def _feeling(
    dev: Sequence[Row], said: Sequence[Score], linear: peers.Linear
) -> Mapping[str, Mapping[tuple[str, str], float]]:
    texts = [row.text for row in dev]
    columns = np.stack([linear.of(head, texts) for head in FEELING], 1)
    compound = -peers.vader(texts)
    vader = np.stack([compound < -0.05, abs(compound) <= 0.05, compound > 0.05], 1)
    return {
        OURS: figures.feeling(dev, figures.feelings(said)),
        "linear": figures.feeling(dev, columns),
        "VADER": figures.feeling(dev, vader),
    }


def _bands(kept: Sequence[Row], own: Sequence[Score]) -> Mapping[str, str]:
    """What share of abusive and of harmless texts is veiled, by source and language."""
    said = {}
    for source, language, here in figures.groups(kept):
        pairs = [(r, s) for r, s, one in zip(kept, own, here, strict=True) if one]
        for label, kind in ((1.0, "abusive"), (0.0, "harmless")):
            some = [s for r, s in pairs if r.labels[Head.ABUSIVE] == label]
            veiled = sum(s.band in (Band.VEILED, Band.HELD) for s in some)
            held = sum(s.band is Band.HELD for s in some)
            said[f"{SOURCES[source]}, {LANGUAGES[language]}, {kind}"] = (
                f"{veiled / len(some):.0%} veiled, of which held {held / len(some):.0%} of all ({len(some)} texts)"
            )
    return said


def _disguises(
    model: Model, kept: Sequence[Row], own: Sequence[Score], seed: int
) -> Mapping[str, float]:
    """AUC of abuse over both languages, all texts being written in the same way: were abusive
    ones alone, the disguise would give them away."""
    labels = np.array([row.labels[Head.ABUSIVE] for row in kept])
    found = {"none": figures.ranked(labels, figures.column(own, Head.ABUSIVE))}
    for name, texts in suite([row.text for row in kept], seed):
        rows = [replace(row, text=text) for row, text in zip(kept, texts, strict=True)]
        found[name] = figures.ranked(
            labels, figures.column(figures.scored(model, rows), Head.ABUSIVE)
        )
    return found


def _speed() -> list[tuple[str, str]]:
    return [
        (
            name,
            f"{cost['posts_s']:,.0f} posts/s in batches of {speed.BATCH} "
            f"({cost['first_posts_s']:,.0f} when the words are new); single post p50 "
            f"{cost['p50_ms']:.2f} ms, p95 {cost['p95_ms']:.2f} ms; load {cost['load_ms']:.0f} ms; "
            f"{cost['memory_mib']:.0f} MiB more memory",
        )
        for name, cost in speed.all_measured().items()
    ]
