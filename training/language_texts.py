"""Texts whose language is known, cut into windows of a few words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import polib
from numpy.typing import NDArray

from breakwater.domain.scoring.languages import voting
from breakwater.domain.scoring.normal import plain

NAMES = (
    "en", "fr", "es", "it", "pt", "ca", "ro", "de", "nl", "sv", "da", "nb", "fi", "pl", "cs",
    "hu", "tr", "id", "hr", "sq", "eu", "sw", "vi", "und",
)  # fmt: skip
"""In the order of the model's columns: those that are scored first."""
CATALOGUES: Mapping[str, tuple[str, ...]] = {
    "es": ("es", "es_AR", "es_MX"),
    "pt": ("pt", "pt_BR", "pt_PT"),
    "nb": ("nb", "nn"),
    "cs": ("cs",),
    "id": ("id", "ms"),
    "hr": ("hr", "bs", "sr_Latn"),
    "und": (
        "af", "ast", "az", "br", "cy", "dsb", "eo", "et", "fy", "ga", "gd", "gl", "hsb", "ht",
        "ig", "is", "kab", "lb", "lt", "lv", "sk", "sl", "tk", "uz",
    ),
}  # fmt: skip
"""Catalogues read for a language, where they are not the one of its own name alone."""
GIVEN = 40_000
OURS = 20_000
TRANSLATED = 6_000
WRITTEN = 4_000
LISTED = 4_000
"""Windows of a language by where its texts are from; none where it has none from there."""
LENGTHS = np.array([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 15])
"""Words in a window, drawn at random."""
_MARKUP = re.compile(r"%\(\w+\)\w|%\w|\{[^}]*\}|</?[^>]*>|&\w+;")
Documents = list[list[str]]


@dataclass(frozen=True)
class Windows:
    """runs: the words of all windows, one after the other. ends: int [windows + 1], where each
    begins and the last ends. labels: int [windows], indices of NAMES.
    """

    runs: list[str]
    ends: NDArray[np.intp]
    labels: NDArray[np.intp]


def runs_of(text: str) -> list[str]:
    """What votes in a text: runs of letters a to z."""
    return " ".join(map(voting, plain(_MARKUP.sub(" ", text)).split())).split()


def windows(texts: Path, own: Path, chance: np.random.Generator) -> Windows:
    """texts: the folder of train.jsonl. own: the folder of what was written for Breakwater."""
    given = sorted(_lines(texts / "train.jsonl"))
    ours = [(language, text) for language, use, text in own_texts(own) if use == "train"]
    written = [(lang, text) for lang, use, text in sentences() if use == "train"]
    lists = list(word_lists())
    runs: list[str] = []
    ends, labels = [0], []
    for label, name in enumerate(NAMES):
        for documents, many, in_order in (
            (_of(name, given), GIVEN, True),
            (_of(name, ours), OURS, True),
            (_documents(_catalogue(name)), TRANSLATED * (4 if name == "und" else 1), True),
            (_of(name, written), WRITTEN, True),
            (_of(name, lists), LISTED, False),
        ):
            for window in _cut(documents, many, in_order, chance):
                runs += window
                ends.append(len(runs))
                labels.append(label)
    return Windows(runs, np.array(ends), np.array(labels))


def own_texts(own: Path) -> Iterator[tuple[str, str, str]]:
    """Language, "train" or (each tenth line) "test", text; from files of labelled rows and pairs
    that are named fr-… and en-…"""
    for path in sorted([*own.rglob("*.rows"), *own.rglob("*.pairs")]):
        lines = [one for one in path.read_text(encoding="utf-8").splitlines() if one[:1] != "#"]
        for number, line in enumerate(lines):
            for text in line.split(" | ")[1::2] if path.name[:3] in ("en-", "fr-") else ():
                yield path.name[:2], "train" if number % 10 else "test", text


def sentences() -> Iterator[tuple[str, str, str]]:
    """Language, "train" or "test", text."""
    for line in _table("languages.tsv"):
        language, use, text = line.split("\t")
        yield language, use, text


def word_lists() -> Iterator[tuple[str, str]]:
    """Language, its most usual and its rudest words."""
    for line in _table("words.tsv"):
        language, words = line.split("\t")
        yield language, words


def _table(name: str) -> list[str]:
    table = Path(__file__).resolve().parent / "data" / name
    return [one for one in table.read_text(encoding="utf-8").splitlines() if one[:1] != "#"]


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["lang"] in NAMES:
                yield row["lang"], row["text"]


def _of(language: str, texts: Iterable[tuple[str, str]]) -> Documents:
    return _documents(text for name, text in texts if name == language)


def _documents(texts: Iterable[str]) -> Documents:
    return [runs for runs in map(runs_of, texts) if runs]


def _catalogue(language: str) -> list[str]:
    """What Django and django-allauth say in a language; in English, what they translate."""
    folders = CATALOGUES.get(language, (language,)) if language != "en" else ("fr",)
    found: list[str] = []
    for package in ("django", "allauth"):
        root = Path(str(files(package)))
        for folder in folders:
            for path in sorted(root.glob(f"**/locale/{folder}/LC_MESSAGES/django.po")):
                found += _said(path, language)
    return sorted(set(found))


def _said(path: Path, language: str) -> Iterator[str]:
    for entry in polib.pofile(str(path)):
        if language == "en":
            yield entry.msgid
        elif not entry.fuzzy:
            yield from (
                text
                for text in (entry.msgstr, *entry.msgstr_plural.values())
                if text != entry.msgid
            )


def _cut(
    documents: Documents, many: int, in_order: bool, chance: np.random.Generator
) -> Iterator[list[str]]:
    """Windows of documents drawn at random: words as they follow one another, or any of them."""
    for at in chance.integers(len(documents), size=many) if documents else ():
        words = documents[at]
        length = int(chance.choice(LENGTHS))
        if in_order:
            start = int(chance.integers(max(1, len(words) - length + 1)))
            yield words[start : start + length]
        else:
            yield [words[each] for each in chance.integers(len(words), size=length)]
