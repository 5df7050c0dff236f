"""Each collection of texts has columns of its own; ours learn by our labels alone."""

from math import log

import numpy as np
import pytest

from breakwater.domain.scoring.scores import Head
from training.conventions import ENOUGH, NOBODY, lessons, meant
from training.corpus import HEADS, Row

TOXIC, HATE, ABUSIVE = (HEADS.index(h) for h in (Head.TOXIC, Head.IDENTITY_HATE, Head.ABUSIVE))


def _own(source: str = "own") -> Row:
    return Row(source, "en", "you fool", dict.fromkeys(HEADS, 1.0))


def _rows() -> list[Row]:
    forum = [Row("forum", "en", "x", {Head.TOXIC: 1.0, Head.IDENTITY_HATE: 0.0})] * ENOUGH
    few = [Row("few", "en", "y", {Head.TOXIC: 0.0})] * (ENOUGH - 1)
    return [*forum, *few, _own(), _own("grammar"), _own("relabelled")]


def test_who_judges_enough_has_columns_and_only_those_that_are_mixed_are_shipped() -> None:
    taught = lessons(_rows())

    assert taught.names == ("forum", "own")
    assert taught.sizes == (ENOUGH, 2)
    assert taught.levelled[-2:].tolist() == pytest.approx([-log(ENOUGH) / 2, -log(2) / 2])
    often = log(0.95 / 0.05)
    assert taught.usual == pytest.approx([often, -often])
    assert taught.levelled[len(HEADS)] == pytest.approx(-0.3 * often)
    assert not np.delete(taught.levelled[:-2], len(HEADS)).any()
    assert taught.judged == ((TOXIC, 0), (HATE, 0))
    assert taught.shipped.judged == ((TOXIC, 0),)
    assert taught.kept == [*range(len(HEADS) + 1), len(HEADS) + 2, len(HEADS) + 3]


def test_some_of_what_a_collection_says_of_most_of_its_texts_is_taken_off() -> None:
    said = [1.0] * (ENOUGH // 4) + [0.0] * (ENOUGH - ENOUGH // 4)
    rows = [Row("forum", "en", "x", {Head.TOXIC: value}) for value in said]
    taught = lessons([*rows, _own()])

    assert taught.usual == pytest.approx([log(1 / 3)])
    assert taught.levelled[len(HEADS)] == pytest.approx(0.3 * log(3))


def test_what_several_judge_is_learnt_in_common_and_by_each() -> None:
    tweets = [Row("tweets", "en", "z", {Head.TOXIC: 1.0})] * ENOUGH
    taught = lessons([*_rows(), *tweets])
    first = len(HEADS)

    assert taught.judged == ((TOXIC, 0), (TOXIC, 2), (HATE, 0))
    assert taught.sums.shape == (taught.width + 1, taught.width)
    assert np.array_equal(taught.sums[:-1], np.eye(taught.width))
    assert taught.whose.tolist() == [[1, 0, 0], [0, 0, 1]]
    assert np.flatnonzero(taught.sums[-1]).tolist() == [first, first + 1]


def test_our_columns_learn_by_our_labels_and_theirs_by_theirs() -> None:
    rows = _rows()
    taught = lessons(rows)
    table = taught.labels(rows)
    forum, few, ours = table[0], table[ENOUGH], table[-3:]

    assert np.isnan(forum[: len(HEADS)]).all()
    assert forum[len(HEADS) : len(HEADS) + 2].tolist() == [1.0, 0.0]
    assert np.isnan(few).all()
    assert (ours[:, : len(HEADS)] == 1).all()
    assert np.isnan(ours[:, len(HEADS) :]).all()


def test_whose_text_one_is_is_not_asked_of_what_two_have_labelled() -> None:
    rows = _rows()
    looks = lessons(rows).looks(rows)

    assert looks[[0, -3, -2, -1]].tolist() == [0, 1, 1, NOBODY]
    assert looks[ENOUGH] == NOBODY  # too few


def test_chances_of_what_is_ours_are_not_fitted_by_labels_of_others() -> None:
    labels = meant(_rows())

    assert labels[0, TOXIC] == 1
    assert np.isnan(labels[0, HATE])
    assert labels[-1, [TOXIC, HATE, ABUSIVE]].tolist() == [1, 1, 1]
