"""A team's own words: those that say nothing bad here, and those that are never shown unasked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from breakwater.domain.scoring import words
from breakwater.domain.scoring.normal import bare, plain, traced

LONGEST_TEXT = 20_000
"""Characters of a text that are looked at for terms."""
_WINDOW, _OVERLAP = 3_000, 300
"""A view looks at so many characters; a term has at most as many as two windows share."""
LONGEST_TERM = 100


@dataclass(frozen=True, slots=True)
class Term:
    """words: as `term_words` gives them. allowed: its words count for nothing in a score; else a
    text that has it is veiled."""

    id: UUID
    words: tuple[str, ...]
    allowed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The terms that a text has, and the text without the words that are allowed.

    rest: as long as the text; the same object where nothing is allowed.
    """

    allowed: tuple[UUID, ...]
    denied: tuple[UUID, ...]
    rest: str


def term_words(text: str) -> tuple[str, ...]:
    """What a term is compared by: its words and signs as they are read; () if there are none."""
    return _read(plain(text))


class Terms:
    """The terms of one workspace, ready to be looked for. Where two overlap, the longer counts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_words: dict[tuple[str, ...], Term] = {}
        self._sizes: dict[str, list[int]] = {}
        """First word -> how many words terms with it have, the most first."""
        for term in sorted(terms, key=lambda one: (-len(one.words), one.id)):
            self._by_words.setdefault(term.words, term)
            sizes = self._sizes.setdefault(term.words[0], [])
            if len(term.words) not in sizes:
                sizes.append(len(term.words))

    def __bool__(self) -> bool:
        return bool(self._by_words)

    def look(self, text: str) -> Found:
        """Denied words are found when they are disguised, too; allowed ones as they are read."""
        if not self._by_words:
            return Found((), (), text)
        found: dict[UUID, Term] = {}
        rest = text
        for start, window in _windows(text):
            view = plain(window)
            met = self._met(_read(view))
            stripped = bare(view)
            if stripped is not view:
                met += [one for one in self._met(_read(stripped)) if not one[1].allowed]
            found.update((term.id, term) for _, term in met)
            if any(term.allowed for _, term in met):
                rest = self._without(rest, start, window)
        ids = {
            kind: tuple(k for k, t in found.items() if t.allowed is kind) for kind in (True, False)
        }
        return Found(ids[True], ids[False], rest)

    def _met(self, read: Sequence[str]) -> list[tuple[int, Term]]:
        """(number of the first word, term), in order, none within another."""
        met, at = [], 0
        while at < len(read):
            term = self._at(read, at)
            if term is not None:
                met.append((at, term))
            at += len(term.words) if term else 1
        return met

    def _at(self, read: Sequence[str], at: int) -> Term | None:
        for size in self._sizes.get(read[at], ()):
            term = self._by_words.get(tuple(read[at : at + size]))
            if term is not None:
                return term
        return None

    def _without(self, text: str, start: int, window: str) -> str:
        """`text` with spaces where the window that begins at `start` has allowed words."""
        trace = traced(window)
        spans = words.places(trace.plain)
        out = list(text)
        for at, term in self._met(_read(trace.plain)):
            if term.allowed:
                for place in trace.plain_at[spans[at][0] : spans[at + len(term.words) - 1][1]]:
                    out[start + place] = " "
        return "".join(out)


def _read(view: str) -> tuple[str, ...]:
    return tuple(word.rstrip("'") or word for word in words.words(view))


def _windows(text: str) -> list[tuple[int, str]]:
    text = text[:LONGEST_TEXT]
    step = _WINDOW - _OVERLAP
    last = max(len(text) - _OVERLAP, 1)
    return [(start, text[start : start + _WINDOW]) for start in range(0, last, step)]
