"""An insult at whoever is spoken to ("you stupid …", « bande de … »), told by rule beside the network.

The network weighs a whole text: beside a longer question, a blunt insult can be outweighed. Friends say such things,
too: what is said in joy is left to it (`FRIENDLY`), and so is what is quoted, denied or told of others.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from breakwater.domain.scoring.identities import EVERYDAY
from breakwater.domain.scoring.masks import MASKS
from breakwater.domain.scoring.words import words

Words = Sequence[str]

REACH = 6
"""How many words before an insult its lead may end."""
BEFORE = 3
"""How many words before a lead one may stand that says that it is none: "she called you …"."""
JOINED = "-"
"""Behind an insult it makes another word of it."""
LIKELY = 0.9
"""The chance of an insult at whoever is spoken to: above each limit of what is veiled, as they are shipped."""
FRIENDLY = 0.3
"""Chance of joy from which on nothing is told by rule."""

_GROUPS = MASKS.keys() | EVERYDAY


@dataclass(frozen=True, slots=True)
class Way:
    """How one language does it. insults: of one word or several, by their first. leads: the same, by their last. between:
    what may stand between the two, beside names of groups. otherwise: what before a lead says that it is none."""

    insults: Mapping[str, Sequence[Words]]
    leads: Mapping[str, Sequence[Words]]
    between: frozenset[str]
    otherwise: frozenset[str]

    def says(self, found: Words) -> bool:
        return not self.insults.keys().isdisjoint(found) and any(
            self._led(found, at) for at in range(len(found)) if self._insults(found, at)
        )

    def _insults(self, found: Words, at: int) -> bool:
        some = (
            one for one in self.insults.get(found[at], ()) if [*found[at : at + len(one)]] == one
        )
        return any([*found[at + len(one) : at + len(one) + 1]] != [JOINED] for one in some)

    def _led(self, found: Words, insult: int) -> bool:
        for at in range(insult - 1, max(insult - 1 - REACH, -1), -1):
            if any(self._ends(found, at, lead) for lead in self.leads.get(found[at], ())):
                return True
            if found[at] not in self.between and found[at] not in _GROUPS:
                return False
        return False

    def _ends(self, found: Words, at: int, lead: Words) -> bool:
        """Whether it stands there and addresses somebody."""
        start = at + 1 - len(lead)
        if start < 0 or [*found[start : at + 1]] != lead:
            return False
        return self.otherwise.isdisjoint(found[max(start - BEFORE, 0) : start])


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
        frozenset(table["otherwise"].split()),
    )


def _by(pairs: Iterable[tuple[str, Words]]) -> Mapping[str, Sequence[Words]]:
    found: dict[str, list[Words]] = {}
    for name, one in pairs:
        found.setdefault(name, []).append(one)
    return found


_WAYS = _read()
