"""Our own texts: all can be read, labels agree with one another, no text is on both sides."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import ABUSE, FEELING, Head
from training.corpus import (
    BLOCK,
    HEADS,
    HELD,
    KEPT_BACK,
    OWN,
    Row,
    labels_of,
    own,
    public,
    relabelled,
)

FILES = sorted([*OWN.glob("*/*.pairs"), *OWN.glob("*/*.rows")])


@pytest.fixture(scope="module")
def sides() -> tuple[list[Row], list[Row]]:
    return own(kept_back=False), own(kept_back=True)


@pytest.fixture(scope="module")
def rows(sides: tuple[list[Row], list[Row]]) -> list[Row]:
    return sides[0] + sides[1]


def _lines(file: Path) -> list[str]:
    read = file.read_text(encoding="utf-8").splitlines()
    return [line for line in read if line.strip() and not line.startswith("#")]


def test_every_line_of_every_file_is_read(rows: list[Row]) -> None:
    texts = sum(len(_lines(f)) * (2 if f.suffix == ".pairs" else 1) for f in FILES)

    assert len(FILES) >= 30
    assert len(rows) == texts
    assert {row.source for row in rows} == {"own"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_line_has_as_many_fields_as_its_file_says(file: Path) -> None:
    fields = {".pairs": 4, ".rows": 2}[file.suffix]

    assert [line for line in _lines(file) if len(line.split(" | ")) != fields] == []
    assert file.parent.name[:2] in ("en", "fr")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_says_how_its_texts_came_about(file: Path) -> None:
    said = [line for line in file.read_text("utf-8").splitlines() if line.startswith("#")]

    for what in ("theme", "register", "how"):
        assert any(line.startswith(f"# {what}:") for line in said), what
    assert (file.parent / "REVIEW.md").stat().st_size > 200


def test_there_are_as_many_pairs_and_french_texts_as_were_promised(rows: list[Row]) -> None:
    pairs = [line for file in FILES if file.suffix == ".pairs" for line in _lines(file)]

    assert len(pairs) >= 4_000
    assert sum(row.language == "fr" for row in rows) >= 5_000


def test_the_two_texts_of_a_pair_differ_in_their_labels() -> None:
    pairs = [line.split(" | ") for f in FILES if f.suffix == ".pairs" for line in _lines(f)]

    assert [p for p in pairs if set(p[0].split()) == set(p[2].split())] == []


def test_no_text_stands_twice(rows: list[Row]) -> None:
    views = Counter(plain(row.text) for row in rows)

    assert [view for view, times in views.items() if times > 1] == []


def test_no_text_is_on_both_sides_and_a_seventh_is_kept_back(
    sides: tuple[list[Row], list[Row]],
) -> None:
    trained, kept = ({plain(row.text) for row in side} for side in sides)

    assert not trained & kept
    assert len(kept) / len(trained | kept) == pytest.approx(1 / KEPT_BACK, abs=0.03)


@pytest.mark.parametrize("author", HELD)
def test_of_some_authors_nothing_is_learnt(author: str) -> None:
    assert own(kept_back=False, only=author) == []
    assert len(own(kept_back=True, only=author)) == 300


def test_neighbours_stay_together(tmp_path: Path) -> None:
    (tmp_path / "en-some").mkdir()
    lines = [f"neu | text {n}" for n in range(BLOCK * KEPT_BACK * 2)]
    (tmp_path / "en-some" / "a.rows").write_text("\n".join(["# how: here", *lines]), "utf-8")

    kept = [row.text for row in own(tmp_path, kept_back=True)]

    first, second = BLOCK * (KEPT_BACK - 1), BLOCK * (2 * KEPT_BACK - 1)
    assert kept == [f"text {n}" for at in (first, second) for n in range(at, at + BLOCK)]
    assert len(own(tmp_path, kept_back=False)) == len(lines) - len(kept)
    assert own(tmp_path, kept_back=True, only="fr-*") == []


def test_labels_are_complete_and_agree(rows: list[Row]) -> None:
    kinds = [head for head in ABUSE if head not in (Head.ABUSIVE, Head.SEXUAL)]
    for row in rows:
        assert set(row.labels) == set(HEADS)
        assert sum(row.labels[head] for head in FEELING) == 1, row.text
        assert row.labels[Head.ABUSIVE] or not any(row.labels[k] for k in kinds), row.text


def test_texts_are_tidy(rows: list[Row]) -> None:
    assert [row.text for row in rows if row.text != row.text.strip() or not row.text] == []
    assert [row.text for row in rows if "|" in row.text or "\ufffd" in row.text] == []
    assert [row.text for row in rows if len(row.text) > 1_000] == []


def test_every_head_has_texts_in_both_languages(rows: list[Row]) -> None:
    for language in ("en", "fr"):
        table = labels_of([row for row in rows if row.language == language])

        assert (table.sum(0) >= 30).all(), dict(zip(HEADS, table.sum(0).tolist(), strict=True))


@pytest.mark.parametrize("line", ["toxic", "rude | you", "neu | a | pos", "neu pos |"])
def test_a_line_that_is_not_understood_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "fr-some").mkdir()
    (tmp_path / "fr-some" / "a.rows").write_text(line, "utf-8")

    with pytest.raises((KeyError, ValueError)):
        own(tmp_path, kept_back=False)


def test_what_a_source_does_not_judge_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(
        '{"src": "a", "lang": "en", "text": "one", "toxic": 1, "obscene": null}\n'
        '{"src": "b", "lang": "ar", "text": "two", "toxic": 0}\n'
        '{"src": "c", "lang": "fr", "text": "three", "sent": 2}\n',
        "utf-8",
    )

    read = public("dev", tmp_path)
    table = labels_of(read)

    assert [(row.source, row.language, row.text) for row in read] == [
        ("a", "en", "one"),
        ("c", "fr", "three"),
    ]
    assert read[0].labels == {Head.TOXIC: 1.0}
    assert read[1].labels == {Head.NEGATIVE: 0.0, Head.NEUTRAL: 0.0, Head.POSITIVE: 1.0}
    assert np.isnan(table).sum() == 2 * len(HEADS) - 4


def test_a_public_text_is_labelled_anew_where_it_stays(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(
        '{"id": "a1", "src": "x", "lang": "fr", "text": "un", "toxic": 0}\n'
        '{"id": "b2", "src": "x", "lang": "en", "text": "two", "toxic": 1}\n',
        "utf-8",
    )
    (tmp_path / "train-1.labels").write_text("# how: read\nb2 | toxic hate neg\n", "utf-8")
    (tmp_path / "dev.labels").write_text("a1 | neu\n", "utf-8")

    read = relabelled("train", tmp_path, tmp_path)

    assert [(row.source, row.language, row.text) for row in read] == [("relabelled", "en", "two")]
    assert {head for head, value in read[0].labels.items() if value} == {
        Head.ABUSIVE, Head.IDENTITY_HATE, Head.NEGATIVE,
    }  # fmt: skip
    assert set(HEADS) - read[0].labels.keys() == {Head.TOXIC, Head.DANGER, Head.CRISIS}


def test_what_a_file_leaves_open_is_unknown_of_its_texts_alone(tmp_path: Path) -> None:
    lines = [f'{{"id": "{n}", "src": "x", "lang": "en", "text": "{n}", "toxic": 0}}' for n in "ab"]
    (tmp_path / "train.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "train-1.labels").write_text(
        "# open: complaint praise\na | neg complaint\n", "utf-8"
    )
    (tmp_path / "train-2.labels").write_text("b | neg complaint\n", "utf-8")

    first, second = relabelled("train", tmp_path, tmp_path)

    assert second.labels.keys() - first.labels.keys() == {Head.COMPLAINT, Head.PRAISE}
    assert second.labels[Head.COMPLAINT] == 1
    assert first.labels[Head.NEGATIVE] == 1


def test_labels_of_public_texts_are_complete_and_agree_and_each_is_there_once() -> None:
    lines = [line for f in sorted(OWN.glob("public/*.labels")) for line in _lines(f)]
    said = {name: set(labels.split()) for name, labels in (one.split(" | ") for one in lines)}

    assert len(said) == len(lines) >= 20_000
    for labels in said.values():
        assert len(labels & {"neg", "neu", "pos"}) == 1
        assert "toxic" in labels or not labels & {"insult", "threat", "hate"}
