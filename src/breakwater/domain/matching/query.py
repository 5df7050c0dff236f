"""What a search is made of, and whether a document has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, one after the other; often only one. open_end: the last may go on ("deliv*")."""

    words: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact about the document that is no word of it: "lang" is "fr", "from" is "@kim"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


Query = Phrase | Mark | All | Either | Not


@dataclass(frozen=True, slots=True)
class Document:
    """words: of the analyser. marks: name -> values, folded."""

    words: tuple[str, ...]
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)


def has(document: Document, query: Query) -> bool:
    """Whether the document is what is looked for: the law that every index is held to."""
    match query:
        case Phrase():
            return _says(document.words, query)
        case Mark(name, value):
            return value in document.marks.get(name, ())
        case All(parts):
            return all(has(document, part) for part in parts)
        case Either(parts):
            return any(has(document, part) for part in parts)
        case Not(part):
            return not has(document, part)


def bounded(query: Query) -> bool:
    """Whether it says something that documents must have, and not only what they must not."""
    match query:
        case Phrase() | Mark():
            return True
        case All(parts):
            return any(bounded(part) for part in parts)
        case Either(parts):
            return all(bounded(part) for part in parts)
        case Not():
            return False


def _says(words: tuple[str, ...], phrase: Phrase) -> bool:
    size, wanted = len(phrase.words), phrase.words
    for at in range(len(words) - size + 1):
        if words[at : at + size - 1] != wanted[:-1]:
            continue
        last = words[at + size - 1]
        if last == wanted[-1] or (phrase.open_end and last.startswith(wanted[-1])):
            return True
    return False
