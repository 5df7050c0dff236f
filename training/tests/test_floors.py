"""The weights that are shipped reach their floors on our own texts that were kept back."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from random import Random

import numpy as np
import pytest

from breakwater.domain.scoring.known import Known
from breakwater.domain.scoring.model import Model, embedded
from breakwater.domain.scoring.scores import Band, Head, Score
from breakwater.domain.scoring.weights import shipped
from training import figures
from training.corpus import OWN, Row, own
from training.obfuscation import UNDONE, WAYS
from training.tests import floors

LANGUAGES = ("en", "fr")
VEILED = (Band.VEILED, Band.HELD)
_LOADS = """
import json, resource, time
import numpy
from breakwater.domain.scoring.scores import Item
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from breakwater.domain.scoring import model
begin = time.perf_counter()
model.embedded().score([Item("Bonjour", "fr")])
load = time.perf_counter() - begin
texts = [f"Merci pour le colis {n}, tout va bien, {word}" for n in range(50) for word in "abcdefghij"]
model.embedded().score([Item(text, "fr") for text in texts])
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([load, (most - held) / 1024]))
"""


@pytest.fixture(scope="module")
def kept() -> list[Row]:
    return own(kept_back=True)


@pytest.fixture(scope="module")
def scores(kept: list[Row]) -> list[Score]:
    return figures.scored(embedded(), kept)


def _authors(*, later: bool) -> list[Row]:
    """Kept-back texts of the authors who came first, or of all others."""
    names = {folder.name for folder in OWN.iterdir() if folder.is_dir()} - {*floors.LOST_OF}
    chosen = sorted(names) if later else floors.LOST_OF
    return [row for name in chosen for row in own(kept_back=True, only=name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_head_tells_its_texts_from_others(
    kept: list[Row], scores: list[Score], language: str
) -> None:
    found = {
        head: figures.auc(kept, figures.column(scores, head), head)["own", language]
        for head in floors.AUC[language]
    }

    assert {h: auc for h, auc in found.items() if auc < floors.AUC[language][h]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_feelings_are_told(kept: list[Row], scores: list[Score], language: str) -> None:
    found = figures.feeling(kept, figures.feelings(scores))["own", language]

    assert found >= floors.FEELING[language]


def test_honest_complaints_are_shown(kept: list[Row], scores: list[Score]) -> None:
    for veiled, all_ in figures.complaints_veiled(kept, scores).values():
        assert all_ >= 100
        assert veiled / all_ <= floors.COMPLAINTS_VEILED


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_harmless_is_shown(kept: list[Row], scores: list[Score], language: str) -> None:
    harmless = [
        score.band in VEILED
        for row, score in zip(kept, scores, strict=True)
        if row.language == language and not row.labels[Head.ABUSIVE]
    ]

    assert sum(harmless) / len(harmless) <= floors.HARMLESS_VEILED


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_of_what_is_abusive_is_veiled(
    kept: list[Row], scores: list[Score], language: str
) -> None:
    abusive = [
        score.band in VEILED
        for row, score in zip(kept, scores, strict=True)
        if row.language == language and row.labels[Head.ABUSIVE]
    ]

    assert sum(abusive) / len(abusive) >= floors.ABUSIVE_VEILED[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("not_said", [None, {}], ids=["said of the group", "any word of it"])
def test_no_group_is_judged_worse_than_its_floor(
    kept: list[Row], scores: list[Score], language: str, not_said: dict[str, frozenset[str]] | None
) -> None:
    abuse = figures.column(scores, Head.ABUSIVE)
    found = figures.fairness(kept, abuse, language, not_said)

    enough = {g: one for g, one in found.items() if one.texts >= floors.TEXTS_OF_A_GROUP}
    below = {
        (group, name): value
        for group, one in enough.items()
        for name, least in floors.FAIR[language].items()
        if (value := getattr(one, name)) < floors.MEASURED_ANEW.get((language, group, name), least)
    }
    assert len(enough) >= floors.GROUPS[language]
    assert below == {}


def test_it_says_something_of_nearly_every_text(kept: list[Row], scores: list[Score]) -> None:
    silent = [score for score in scores if score.abstained is not None]

    assert len(silent) <= floors.ABSTAINS * len(kept)


def test_nobody_in_danger_is_held(kept: list[Row], scores: list[Score]) -> None:
    held = [
        row.text
        for row, score in zip(kept, scores, strict=True)
        if score.band is Band.HELD and embedded().edges(score.language).endangered(score.chances)
    ]

    assert held == []


def _disguised(rows: Sequence[Row], name: str) -> list[Row]:
    way = WAYS[name]
    return [replace(row, text=way(row.text, Random(f"0 {name} {row.text}"), ())) for row in rows]


def _lost(rows: list[Row], name: str) -> dict[str, float]:
    """ROC-AUC of toxicity by language, less what it is when all texts are written so."""
    said = figures.scored(embedded(), rows)
    disguised = _disguised(rows, name)
    hidden = figures.column(figures.scored(embedded(), disguised), Head.ABUSIVE)
    before = figures.auc(rows, figures.column(said, Head.ABUSIVE), Head.ABUSIVE)
    after = figures.auc(disguised, hidden, Head.ABUSIVE)
    return {language: before["own", language] - after["own", language] for language in LANGUAGES}


@pytest.mark.parametrize("name", UNDONE["plain"])
def test_a_disguise_that_is_undone_changes_no_score(
    kept: list[Row], scores: list[Score], name: str
) -> None:
    some, known = kept[::12], scores[::12]

    hidden = figures.scored(embedded(), _disguised(some, name))

    for score, other in zip(known, hidden, strict=True):
        assert other.chances == pytest.approx(score.chances, abs=1.01e-4)
        assert (other.language, other.abstained) == (score.language, score.abstained)


@pytest.mark.parametrize("name", floors.LOST)
def test_disguised_abuse_is_still_told(name: str) -> None:
    """On every other text of the first authors, and on all of the others."""
    most = floors.LOST[name]

    assert max(_lost(_authors(later=False)[::2], name).values()) <= most
    assert max(_lost(_authors(later=True), name).values()) <= most


@pytest.mark.slow
@pytest.mark.parametrize("name", floors.LOST_SLOW)
def test_abuse_disguised_in_other_ways_is_still_told(name: str) -> None:
    for later in (False, True):
        assert max(_lost(_authors(later=later), name).values()) <= floors.LOST_SLOW[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", [*floors.LOST, *floors.LOST_SLOW])
def test_no_disguise_costs_more_than_is_promised(
    kept: list[Row], scores: list[Score], name: str
) -> None:
    labels = np.array([row.labels[Head.ABUSIVE] for row in kept])

    hidden = figures.scored(embedded(), _disguised(kept, name))

    before, after = (
        figures.ranked(labels, figures.column(said, Head.ABUSIVE)) for said in (scores, hidden)
    )
    assert before - after <= floors.LOST_TOGETHER


def test_mending_moves_hardly_any_harmless_text(kept: list[Row], scores: list[Score]) -> None:
    """Names, brands and words that training did not meet are not taken for insults."""
    nothing = Known(np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    unmended = Model(replace(shipped(), known=nothing))
    harmless = [n for n, row in enumerate(kept) if not row.labels[Head.ABUSIVE]]

    other = figures.scored(unmended, [kept[n] for n in harmless])

    moved = sum(scores[n].band != one.band for n, one in zip(harmless, other, strict=True))
    assert len(harmless) > 900
    assert moved / len(harmless) <= floors.MENDED_HARMLESS


def test_each_disguise_has_a_floor() -> None:
    undone = {*UNDONE["plain"], *floors.LOST, *floors.LOST_SLOW}

    assert undone == set(WAYS)


def test_all_weights_together_are_small_enough() -> None:
    folder = files("breakwater.domain.scoring") / "weights"

    sizes = [len(file.read_bytes()) for file in folder.iterdir() if file.is_file()]
    assert 100_000 < sum(sizes) <= floors.BYTES


def test_it_loads_soon_and_takes_little_memory() -> None:
    """In a process of its own, on one core; the better of two."""
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    told = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", _LOADS],
                env={**os.environ, **one}, check=True, capture_output=True, text=True,
            ).stdout
        )
        for _ in range(2)
    ]  # fmt: skip

    assert min(load for load, _ in told) <= floors.LOAD_S
    assert min(memory for _, memory in told) <= floors.MEMORY_MIB
