"""Forms of several words that name a group are read as one word: "african-american", "deaf people".

So they are masked as those of one word are (masks.py), and nobody's score depends on how many words
a group's name has.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from breakwater.domain.scoring.masks import MASKS
from breakwater.domain.scoring.words import places, words

Words = Sequence[str]


def _forms() -> dict[str, list[tuple[Words, str]]]:
    """Words and form, by the first word; longer ones first."""
    found: dict[str, list[tuple[Words, str]]] = {}
    for form in sorted(MASKS, key=lambda one: (-len(words(one)), one)):
        if len(some := words(form)) > 1:
            found.setdefault(some[0], []).append((some, form))
    return found


_FORMS: Mapping[str, list[tuple[Words, str]]] = _forms()
_FIRST = frozenset(_FORMS)


def together(found: Words) -> Words:
    """Words of a view, with such forms as they stand in MASKS; the very same object where there is
    none."""
    begins = _begins(found)
    if not begins:
        return found
    return [
        found[start] if end == start + 1 else _met(found, start)[1]
        for start, end in pairwise(begins)
    ]


def places_together(view: str) -> list[tuple[int, int]]:
    """Where each of `together(words(view))` starts and ends in it."""
    at = places(view)
    begins = _begins(words(view))
    if not begins:
        return at
    return [(at[start][0], at[end - 1][1]) for start, end in pairwise(begins)]


def _begins(found: Words) -> list[int]:
    """Where each begins among these words, and their end; [] where there is no such form."""
    if _FIRST.isdisjoint(found):
        return []
    begins = [0]
    while begins[-1] < len(found):
        begins.append(begins[-1] + _met(found, begins[-1])[0])
    return begins if len(begins) <= len(found) else []


def _met(found: Words, at: int) -> tuple[int, str]:
    """How many words the form that begins here has, and the form; or one word, and that."""
    for some, form in _FORMS.get(found[at], ()):
        end = at + len(some) - 1
        if end < len(found) and found[at:end] == some[:-1] and _ends(found[end], some[-1]):
            return len(some), form
    return 1, found[at]


def _ends(word: str, last: str) -> bool:
    """An apostrophe behind it is let go, as by `masked`."""
    return word == last or word.rstrip("'") == last
