"""The word lists of shared/data/scoring/lexicons as keys and flags. No word is kept, only keys."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.words import key, words

FLAGS = ("swear", "unsure", "sexual", "slur", "insult", "severity", "good", "bad")
"""What a list says of a word, each 0 to 1."""
_KINDS = {
    "sexual anatomy / sexual acts": "sexual",
    "racial / ethnic slurs": "slur",
    "sexual orientation / gender": "slur",
    "other / general insult": "insult",
    "mental disability": "insult",
    "animal references": "insult",
}

Found = tuple[str, str, float]


def lexicon(folder: Path) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Sorted keys of single words, and their flags."""
    said = {key(word): flags for word, flags in listed(folder).items()}
    keys = np.array(sorted(said), np.uint32)
    flags = np.array([[said[int(k)].get(flag, 0.0) for flag in FLAGS] for k in keys], np.float32)
    return keys, flags


def listed(folder: Path) -> Mapping[str, Mapping[str, float]]:
    """Single words and their flags."""
    said: dict[str, dict[str, float]] = defaultdict(dict)
    for read in (_afinn, _cuss, _listed, _surge):
        for phrase, flag, value in read(folder):
            single = words(plain(phrase))
            if len(single) == 1:
                held = said[single[0]]
                held[flag] = max(held.get(flag, 0.0), value)
    return said


def _afinn(folder: Path) -> Iterator[Found]:
    for name in ("AFINN-en-165.txt", "AFINN-fr-165.txt"):
        for line in (folder / "lex_afinn" / name).read_text(encoding="utf-8").splitlines():
            word, _, value = line.rpartition("\t")
            yield word, "good" if int(value) > 0 else "bad", abs(int(value)) / 5


def _cuss(folder: Path) -> Iterator[Found]:
    for name in ("index.json", "fr.json"):
        ratings = json.loads((folder / "lex_cuss" / name).read_text(encoding="utf-8"))
        for word, sure in ratings.items():
            yield word, "swear" if sure == 2 else "unsure", 1.0 if sure else 0.5


def _listed(folder: Path) -> Iterator[Found]:
    for name in (
        "lex_fr/list.txt",
        "lex_ldnoobw/en",
        "lex_ldnoobw/fr",
        "lex_ldnoobw/fr-CA-u-sd-caqc",
    ):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            yield line.strip(), "swear", 1.0


def _surge(folder: Path) -> Iterator[Found]:
    with (folder / "surge_profanity" / "profanity_en.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield row["text"], "severity", float(row["severity_rating"]) / 3
            if kind := _KINDS.get(row["category_1"]):
                yield row["text"], kind, 1.0
