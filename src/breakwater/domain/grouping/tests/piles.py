"""Pile-ons written by hand, each message with what it is truly about; how well groups fit them.

A file in data/piles: "# set. what happened. Own names: a, b", then "argument|language|text". Each
message of the argument "-" stands alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Message

FOLDER = Path(__file__).with_name("data") / "piles"
BEGUN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Pile:
    """kind: "dev", "held out" or "fresh" (docs/scoring/grouping.md)."""

    name: str
    kind: str
    own: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]

    def messages(self) -> list[Message]:
        return [
            Message(f"{self.name}.{at}", text, f"author {at}", BEGUN + timedelta(minutes=at))
            for at, (_, _, text) in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Fit:
    """Pairs of messages: together and rightly so, together, rightly together."""

    right: int
    found: int
    true: int

    def __add__(self, other: "Fit") -> "Fit":
        return Fit(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def piles() -> list[Pile]:
    return [_pile(path) for path in sorted(FOLDER.glob("*.txt"))]


def grouped(pile: Pile) -> Groups:
    groups = Groups(own=pile.own)
    groups.add(pile.messages())
    return groups


def fit(pile: Pile, groups: Groups, pairs: Sequence[str] = ()) -> Fit:
    """pairs: "same" or "other" language, to count those pairs alone."""
    counts: Counter[str] = Counter()
    rows = [
        (row, groups.group(one.id)) for row, one in zip(pile.rows, pile.messages(), strict=True)
    ]
    for (one, here), (two, there) in combinations(rows, 2):
        if pairs and ("same" if one[1] == two[1] else "other") not in pairs:
            continue
        true, found = one[0] == two[0] != "-", here is not None and here == there
        counts.update({"right": true and found, "found": found, "true": true})
    return Fit(counts["right"], counts["found"], counts["true"])


def summed(fits: Iterable[Fit]) -> Fit:
    return sum(fits, Fit(0, 0, 0))


def _pile(path: Path) -> Pile:
    head, *lines = path.read_text("utf-8").splitlines()
    kind = head.removeprefix("# ").split(".")[0]
    own = tuple(name.strip() for name in head.rsplit("Own names:", 1)[1].split(","))
    rows = [line.split("|", 2) for line in lines]
    return Pile(path.stem, kind, own, tuple((a, b, c) for a, b, c in rows))
