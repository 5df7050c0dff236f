"""An insult at whoever is spoken to ("you stupid …", « bande de … »), told by rule beside the network.

The network weighs a whole text: beside a longer question, a blunt insult can be outweighed. Friends say such things,
too: what is said in joy is left to it (`FRIENDLY`).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from breakwater.domain.scoring.words import words

Words = Sequence[str]

REACH = 6
"""Words before an insult among which the one that addresses somebody ends."""
LIKELY = 0.9
"""The chance of an insult at whoever is spoken to: above each limit of what is veiled, below that of what is held, since
somebody may wait for an answer to the rest."""
FRIENDLY = 0.3
"""Chance of joy from which on nothing is told by rule."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one language does it. insults, leads: of one word or several, each by its first and by its last word."""

    insults: Mapping[str, Sequence[Words]]
    leads: Mapping[str, Sequence[Words]]
    between: frozenset[str]

    def says(self, found: Words) -> bool:
        return not self.insults.keys().isdisjoint(found) and any(
            self._led(found, at) for at in range(len(found)) if self._insults(found, at)
        )

    def _insults(self, found: Words, at: int) -> bool:
        return any([*found[at : at + len(one)]] == one for one in self.insults.get(found[at], ()))

    def _led(self, found: Words, insult: int) -> bool:
        for at in range(insult - 1, max(insult - 1 - REACH, -1), -1):
            if any(self._ends(found, at, lead) for lead in self.leads.get(found[at], ())):
                return True
            if found[at] not in self.between:
                return False
        return False

    @staticmethod
    def _ends(found: Words, at: int, lead: Words) -> bool:
        start = at + 1 - len(lead)
        return start >= 0 and [*found[start : at + 1]] == lead


def insults_its_reader(found: Words) -> bool:
    """found: words of a view of a text, in any language."""
    return any(way.says(found) for way in _WAYS)


def _read() -> Sequence[Way]:
    text = files("breakwater.domain.scoring").joinpath("data/addressed.toml").read_text("utf-8")
    return [_way(table) for table in tomllib.loads(text).values()]


def _way(table: Mapping[str, Any]) -> Way:
    insults = [words(one) for one in (*table["nouns"].split(), *table["phrases"])]
    leads = [words(one) for one in table["leads"]]
    return Way(
        _by((one[0], one) for one in insults),
        _by((one[-1], one) for one in leads),
        frozenset(table["between"].split()),
    )


def _by(pairs: Iterable[tuple[str, Words]]) -> Mapping[str, Sequence[Words]]:
    found: dict[str, list[Words]] = {}
    for name, one in pairs:
        found.setdefault(name, []).append(one)
    return found


_WAYS = _read()
