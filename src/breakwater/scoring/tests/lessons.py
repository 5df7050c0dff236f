"""Corrections by which the shipped model learns something, whatever version it is."""

from datetime import datetime, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.adapters import Taught, packed_lesson
from breakwater.domain.scoring.banding import name_of
from breakwater.domain.scoring.scores import Head
from breakwater.people.models import Workspace
from breakwater.scoring.model import graded
from breakwater.scoring.models import Correction

STRONG = 40.0
HEAD = Head.INSULT


@cache
def _quiet() -> tuple[int, int]:
    """Two numbers of the hidden layer that ordinary texts hardly have."""
    rows = [np.frombuffer(taught[HEAD].hidden, "<f2") for _, taught in graded().ordinary()]
    least = np.argsort(np.array(rows, np.float64).mean(0))
    return int(least[0]), int(least[1])


def _layer(at: int) -> bytes:
    width = len(graded().ordinary()[0][1][HEAD].hidden) // 2
    layer: NDArray[np.float64] = np.zeros(width)
    layer[at] = STRONG
    return layer.astype("<f2").tobytes()


def corrected(workspace: Workspace, *, pairs: int, now: datetime, model: str = "") -> None:
    """So many texts that are veiled and should not be, and as many that are missed, which the hidden layer can tell
    from all others."""
    limit = graded().edges("en").veil[HEAD]
    edge = float(np.log(limit / (1 - limit)))
    strict, mild = _quiet()
    rows = []
    for n in range(pairs):
        for should, at, odds in ((False, strict, edge + 0.3), (True, mild, edge - 0.3)):
            lesson = packed_lesson(Taught(_layer(at), odds, 0.8))
            rows.append(
                Correction(
                    workspace=workspace, text_hash=f"{n}-{should}", language="en", head=HEAD.value,
                    said=limit, veiled=not should, should=should, lesson=lesson, consent=False,
                    model=model or name_of(graded()), created_at=now + timedelta(minutes=n),
                )
            )  # fmt: skip
    Correction.objects.bulk_create(rows)
