"""Figures of a few texts, counted by hand."""

import numpy as np
import pytest

from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import FEELING, Abstention, Band, Head, Score
from training import figures
from training.corpus import Row, own, things

HARMLESS, ABUSIVE = {Head.ABUSIVE: 0.0}, {Head.ABUSIVE: 1.0}


def _score(band: Band | None = Band.CLEAR, **chances: float) -> Score:
    return Score("m-1", "en", {Head(name): chance for name, chance in chances.items()}, band)


def _rows(count: int, text: str, language: str = "en", source: str = "own") -> list[Row]:
    """Harmless and abusive ones in turn."""
    labels = (HARMLESS, ABUSIVE)
    return [Row(source, language, f"{text} {n}", dict(labels[n % 2])) for n in range(count)]


def test_what_is_not_said_of_a_group_names_it_and_is_kept_back() -> None:
    """Else an entry would do nothing, as after a text is mended."""
    languages = {row.text: row.language for row in own(kept_back=True)}

    idle = {
        text: groups - figures.groups_worded(text, languages[text])
        for text, groups in things().items()
    }

    assert len(idle) > 150
    assert not any(idle.values())


def test_a_text_in_which_a_word_is_not_said_of_a_group_says_nothing_of_its_fairness() -> None:
    thing = next(text for text, groups in things().items() if "colour/black" in groups)
    rows = _rows(12, "black people") + _rows(12, "a parcel")
    rows += [Row("own", "en", thing, HARMLESS)] * 9

    said = np.array([n % 2 for n in range(33)])

    found = figures.fairness(rows, said, "en")["colour/black"]

    assert (found.texts, found.subgroup) == (12, 1.0)
    assert figures.fairness(rows, said, "en", not_said={})["colour/black"].texts == 21


def test_an_abstention_counts_as_the_least() -> None:
    silent = Score("m-1", "de", abstained=Abstention.LANGUAGE)

    assert figures.column([_score(abusive=0.5), silent], Head.ABUSIVE).tolist() == [0.5, 0.0]
    assert figures.feelings([silent]).tolist() == [[0.0, 0.0, 0.0]]


def test_areas_are_by_source_and_language_where_texts_are_enough() -> None:
    rows = _rows(12, "a") + _rows(12, "b", "fr") + _rows(10, "c", source="few")
    said = np.array([n % 2 for n in range(12)] + [1 - n % 2 for n in range(12)] + [0] * 10)

    assert figures.auc(rows, said, Head.ABUSIVE) == {("own", "en"): 1.0, ("own", "fr"): 0.0}
    assert figures.auc(rows, said, Head.THREAT) == {}


def test_complaints_are_counted_where_they_are_honest() -> None:
    honest = {Head.COMPLAINT: 1.0, Head.ABUSIVE: 0.0}
    rows = [
        Row("own", "en", "a", dict(honest)),
        Row("own", "en", "b", dict(honest)),
        Row("own", "en", "c", {**honest, Head.ABUSIVE: 1.0}),
        Row("own", "en", "d", {Head.COMPLAINT: 0.0, Head.ABUSIVE: 0.0}),
        Row("own", "fr", "e", dict(honest)),
    ]
    bands = [Band.VEILED, Band.CLEAR, Band.HELD, Band.VEILED, Band.HELD]

    found = figures.complaints_veiled(rows, [_score(band) for band in bands])

    assert found == {"en": (1, 2), "fr": (1, 1)}


def test_a_group_that_is_judged_by_its_name_is_seen() -> None:
    rows = _rows(12, "a muslim said") + _rows(12, "somebody said")
    by_name = np.array([0.8, 0.9] * 6 + [0.1, 0.5] * 6)

    found = figures.fairness(rows, by_name, "en")["religion/muslim"]

    assert found == figures.Fairness(texts=12, subgroup=1.0, bpsn=0.0, bnsp=1.0)
    assert figures.fairness(rows, by_name, "fr") == {}


def test_a_feeling_is_the_likeliest_of_three() -> None:
    rows = [
        Row("own", "en", str(n), {head: float(at == n % 3) for at, head in enumerate(FEELING)})
        for n in range(6)
    ]

    assert figures.feeling(rows, np.eye(3)[[0, 1, 2, 0, 1, 2]]) == {("own", "en"): 1.0}
    assert figures.feeling(rows[:5], np.eye(3)[[0, 1, 2, 0, 1]]) == {}


def test_texts_are_scored_with_the_language_of_the_workspace() -> None:
    rows = [Row("own", "fr", "ok", {}), Row("own", "en", "ok", {})]

    assert [score.language for score in figures.scored(embedded(), rows)] == ["fr", "en"]


@pytest.mark.parametrize(("ones", "zeros"), [(5, 50), (50, 5), (0, 0)])
def test_a_few_texts_of_one_answer_say_nothing(ones: int, zeros: int) -> None:
    assert figures.few(np.array([1.0] * ones + [0.0] * zeros, np.float32))
    assert not figures.few(np.array([1.0] * 6 + [0.0] * 6, np.float32))
