"""Words that say who somebody is, in English and French. What they name is never an insult.

They are in data/identities.txt, which says how it is written. Slurs are not among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("en", "fr")
_EVERYDAY = "~"
_STANDS = "*"


@dataclass(frozen=True, slots=True)
class Identities:
    """groups: form, in the spelling of `normal.plain` -> its group, as "religion/jewish".
    forms: language -> its forms. everyday: those that are said of things as well."""

    groups: Mapping[str, str]
    forms: Mapping[str, frozenset[str]]
    everyday: frozenset[str]


@dataclass(slots=True)
class _Reading:
    groups: dict[str, str] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=lambda: {one: set() for one in LANGUAGES})
    everyday: set[str] = field(default_factory=set)
    people: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def take(self, group: str, language: str, form: str) -> None:
        for one in self._spelt(language, form):
            self._take(group, language, one)

    def _spelt(self, language: str, form: str) -> list[str]:
        """One for each word that a "*" in it stands for."""
        if _STANDS not in form:
            return [form]
        stands = [word for word in form.split() if _STANDS in word]
        if len(stands) > 1 or (language, stands[0]) not in self.people:
            raise ValueError(f"has {' and '.join(stands)}, which stands for nothing")
        return [form.replace(stands[0], word) for word in self.people[language, stands[0]]]

    def stand(self, group: str, language: str, name: str, words: list[str]) -> None:
        """`name` stands for these words in what comes after."""
        if group or not name.startswith(_STANDS) or language not in self.forms or not all(words):
            raise ValueError("stands in a group, is empty, or names no language or people")
        self.people.setdefault((language, name), []).extend(words)

    def _take(self, group: str, language: str, form: str) -> None:
        name = form.removeprefix(_EVERYDAY)
        if not group or not name or language not in self.forms:
            raise ValueError("stands before any group, is empty, or is in no language that we know")
        if self.groups.setdefault(name, group) != group:
            raise ValueError(f"{name!r} is in {self.groups[name]} already")
        self.forms[language].add(name)
        if name != form:
            self.everyday.add(name)


def parsed(lines: Iterable[str]) -> Identities:
    """What a file like data/identities.txt says. ValueError, with the line, where it says nothing
    that can be understood, or puts a form into two groups."""
    group, read = "", _Reading()
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
            continue
        language, _, forms = line.partition(":")
        spelt = [form.strip() for form in forms.split(",")]
        language, _, stands = language.partition(" ")
        try:
            if stands:
                read.stand(group, language, stands, spelt)
                continue
            for form in spelt:
                read.take(group, language, form)
        except ValueError as wrong:
            raise ValueError(f"line {number}: {line!r} {wrong}") from wrong
    spoken = {language: frozenset(ones) for language, ones in read.forms.items()}
    return Identities(
        MappingProxyType(read.groups), MappingProxyType(spoken), frozenset(read.everyday)
    )


_PACKAGED = files("breakwater.domain.scoring").joinpath("data/identities.txt")
IDENTITIES = parsed(_PACKAGED.read_text("utf-8").splitlines())
TERMS: Mapping[str, str] = IDENTITIES.groups
"""Form -> group. Some forms are of several words."""
EVERYDAY: frozenset[str] = IDENTITIES.everyday
"""Forms in TERMS that are said of things as well: mask them only beside a person."""
