"""Texts with their labels: from the sources in shared/, and from those written here."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.scores import Head
from training.grammar.maker import rows as sentences

HEADS = tuple(Head)
OWN = Path(__file__).parent / "data"
BLOCK = 10
"""Lines that stay on one side of the split: neighbours often share an opening."""
BY_RULE = 5_000
"""Sentences by rule. With 12,000 our own texts were told better, but public ones worse."""
KEPT_BACK = 7
"""Each seventh block is not trained on."""
HELD = ("en-named", "fr-named")
"""Folders of which nothing is: with them, groups of people are named in enough texts to say how each is judged."""
OURS, RULES, RELABELLED = "own", "grammar", "relabelled"
"""Sources whose labels mean what ours mean: written here, made by rule, and public texts that were labelled anew."""

_GIVEN = {
    "toxic": Head.TOXIC,
    "identity_hate": Head.IDENTITY_HATE,
    "threat": Head.THREAT,
    "insult": Head.INSULT,
    "obscene": Head.PROFANITY,
}
_FEELINGS = (Head.NEGATIVE, Head.NEUTRAL, Head.POSITIVE)
_WRITTEN = {
    "toxic": Head.ABUSIVE,
    "insult": Head.INSULT,
    "threat": Head.THREAT,
    "hate": Head.IDENTITY_HATE,
    "profane": Head.PROFANITY,
    "sexual": Head.SEXUAL,
    "neg": Head.NEGATIVE,
    "neu": Head.NEUTRAL,
    "pos": Head.POSITIVE,
    "complaint": Head.COMPLAINT,
    "question": Head.QUESTION,
    "praise": Head.PRAISE,
    "request": Head.REQUEST,
    "crisis": Head.CRISIS,
    "danger": Head.DANGER,
}

OPEN = "# open:"
"""Before labels of a file that are not to be learnt."""
_UNTOLD = (Head.TOXIC, Head.DANGER, Head.CRISIS)


@dataclass(frozen=True, slots=True)
class Row:
    """labels: 0 or 1 for each head that the source judges; the others are unknown."""

    source: str
    language: str
    text: str
    labels: dict[Head, float]


def labels_of(rows: Sequence[Row]) -> NDArray[np.float32]:
    """Rows x heads, NaN where unknown."""
    table = np.full((len(rows), len(HEADS)), np.nan, np.float32)
    for n, row in enumerate(rows):
        for head, value in row.labels.items():
            table[n, HEADS.index(head)] = value
    return table


def public(part: str, folder: Path) -> list[Row]:
    """part: train or dev. folder: shared/data/scoring. Arabic is left out: not a language of ours."""
    with (folder / f"{part}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_public(row) for row in rows if row["lang"] in ("en", "fr")]


def _public(row: dict[str, object]) -> Row:
    labels = {
        head: float(str(row[name])) for name, head in _GIVEN.items() if row.get(name) is not None
    }
    if row.get("sent") is not None:
        labels |= {feeling: float(row["sent"] == n) for n, feeling in enumerate(_FEELINGS)}
    return Row(str(row["src"]), str(row["lang"]), str(row["text"]), labels)


def own(folder: Path = OWN, *, kept_back: bool, only: str = "*") -> list[Row]:
    """What was written here: the part that is trained on, or the part that is kept back.

    only: of one author, the name of a folder.
    """
    rows: list[Row] = []
    for file in sorted([*folder.glob(f"{only}/*.pairs"), *folder.glob(f"{only}/*.rows")]):
        lines = [line for line in _lines(file) if not line.startswith("#")]
        for n, line in enumerate(lines):
            if _stays(file.parent.name, n) is kept_back:
                rows += _written(line, file)
    return rows


def things(file: Path = OWN / "things.tsv") -> dict[str, frozenset[str]]:
    """Of texts of ours that are kept back: groups of whom a word that names them is not said there ("black coffee",
    « mon pauvre », « gros con »). By text."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines(file):
        group, _, text = line.partition("\t")
        found[text].add(group)
    return {text: frozenset(groups) for text, groups in found.items()}


def _stays(author: str, line: int) -> bool:
    return author in HELD or line // BLOCK % KEPT_BACK == KEPT_BACK - 1


def relabelled(part: str, folder: Path, given: Path = OWN / "public") -> list[Row]:
    """Public texts as we would label them. part, folder: as of `public`. given: files of ids and labels; the texts stay
    where they are. What others call toxic, and what two annotators did not label alike, is left unknown: a file names it for
    its own texts, too (`# open: …`)."""
    with (folder / f"{part}.jsonl").open(encoding="utf-8") as lines:
        held = {row["id"]: row for row in map(json.loads, lines)}
    rows = []
    for file in sorted(given.glob(f"{part}*.labels")):
        read = list(_lines(file))
        unknown = {*_UNTOLD, *_open(read)}
        for line in read:
            if not line.startswith("#"):
                name, _, said = line.partition(" | ")
                labels = {h: v for h, v in _complete(said.split()).items() if h not in unknown}
                rows.append(Row(RELABELLED, held[name]["lang"], held[name]["text"], labels))
    return rows


def _open(lines: Iterable[str]) -> set[Head]:
    named = [line.removeprefix(OPEN) for line in lines if line.startswith(OPEN)]
    return {_WRITTEN[name] for said in named for name in said.split()}


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.strip()


def _written(line: str, file: Path) -> Iterable[Row]:
    fields = [field.strip() for field in line.split(" | ")]
    language = file.parent.name[:2]
    for names, text in zip(fields[::2], fields[1::2], strict=True):
        yield Row(OURS, language, text, _complete(names.split()))


def by_rule(seed: int) -> list[Row]:
    """The grammar corpus: sentences made from frames and tables."""
    return [
        Row(RULES, language, text, _complete(names))
        for names, language, text in sentences(seed, BY_RULE)
    ]


def _complete(names: Iterable[str]) -> dict[Head, float]:
    """What a label's absence says is no."""
    said = {_WRITTEN[name] for name in names}
    if Head.ABUSIVE in said:
        said.add(Head.TOXIC)  # as we understand it
    return {head: float(head in said) for head in HEADS}
