"""What grouping takes from a text: its topics, and the words that may become a subject."""

from dataclasses import dataclass
from functools import lru_cache

from breakwater.domain.grouping.burst import Term
from breakwater.domain.grouping.things import things
from breakwater.domain.grouping.topics import Found, lexicon
from breakwater.domain.grouping.words import beginning, said, singulars, telling

MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """strong, weak, reactions: keys of topics (topics.py). terms: words that may tell what else it
    is about, at most MOST_TERMS."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    reactions: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def certain(self) -> str | None:
        return self.strong[0] if len(self.strong) == 1 else None

    @property
    def leaning(self) -> tuple[str, ...]:
        """The topics that it may be about, depending on what others say."""
        return () if self.certain else self.strong or self.weak


def read(text: str, found: list[str], own: frozenset[str]) -> Reading:
    """What `text` is about. found: its words (words.py). own: words of the brand's own names,
    which say nothing here."""
    about = lexicon().find(found)
    terms = _terms(text, found, about, own)
    return Reading(about.strong, about.weak, about.reactions, terms)


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """What a word is counted as: the thing that it names, or its beginning."""
    forms = singulars(word)
    named = (thing for form in forms if (thing := things().thing(form)))
    return next(named, beginning(forms[-1]))


def _terms(text: str, found: list[str], about: Found, own: frozenset[str]) -> tuple[Term, ...]:
    """Words that can tell, once each; the first MOST_TERMS, names before others."""
    shown = said(text)
    terms: dict[str, Term] = {}
    for at, word in enumerate(found):
        key = _key(word)
        if at in about.about or key in terms or word in own or not telling(word):
            continue
        raw = shown.get(word, word)
        terms[key] = Term(key, at > 0 and raw[:1].isupper() and not raw.isupper(), raw)
    ordered = sorted(terms.values(), key=lambda term: not term.name)
    return tuple(ordered[:MOST_TERMS])
