"""Ordinary texts for what workspaces teach, as numbers of the model: `breakwater.domain.scoring.ordinary`."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from breakwater.domain.scoring.bands import decides
from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.ordinary import Ordinary
from breakwater.domain.scoring.scores import Band, Head, Item, Score
from breakwater.domain.scoring.weights import Weights
from training.corpus import HEADS, Row

OF_EACH = 200
"""Texts of each language that are harmless, and as many that are not."""
NEAREST = 75
"""Of these so many are those nearest to a limit, the others any."""
ABUSIVE = HEADS.index(Head.ABUSIVE)


def with_ordinary(weights: Weights, rows: Sequence[Row]) -> Weights:
    """rows: texts that were not trained on, with our labels. Those are taken of which model and label say the same, so
    that it is right that they stay as they are."""
    model = Model(weights)
    said = model.score([Item(row.text, row.language) for row in rows])
    chosen: list[Row] = []
    for language in weights.languages:
        for abusive in (False, True):
            agreed = [
                (_far(model, score), sha256(row.text.encode()).hexdigest(), row)
                for row, score in zip(rows, said, strict=True)
                if score.language == row.language == language
                and (row.labels[Head.ABUSIVE] == 1) is (score.band is not Band.CLEAR) is abusive
            ]
            chosen += _some(agreed)
    chosen.sort(key=lambda row: sha256(row.text.encode()).hexdigest())
    return replace(weights, ordinary=_numbers(model, chosen))


def _far(model: Model, score: Score) -> float:
    """How far the kind of abuse that decides is from its limit."""
    veil = model.edges(score.language).veil
    head = decides(score.chances, veil)
    return abs(score.chances[head] - veil[head])


def _some(agreed: Sequence[tuple[float, str, Row]]) -> list[Row]:
    nearest = sorted(agreed, key=lambda one: one[:2])[:NEAREST]
    near = {name for _, name, _ in nearest}
    others = sorted((one for one in agreed if one[1] not in near), key=lambda one: one[1])
    return [row for _, _, row in (*nearest, *others[: OF_EACH - len(nearest)])]


def _numbers(model: Model, rows: Sequence[Row]) -> Ordinary:
    languages, hidden, logits = [], [], []
    for row in rows:
        found = model.passes(Item(row.text, row.language))
        assert found is not None
        at, said, layers = found
        most = int(said[:, ABUSIVE].argmax())
        languages.append(at)
        hidden.append(layers[most])
        logits.append(said[most])
    return Ordinary(
        np.array(languages, np.uint8), np.array(hidden, np.float16), np.array(logits, np.float16)
    )
