"""Words that say who somebody is, in English and French. What they name is never an insult.

They are in data/identities.txt, which says how it is written. Slurs are not among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("en", "fr")
_EVERYDAY = "~"
_STAR = "*"


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
    stars: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Language and name, as ("fr", "*f") -> the words that it stands for."""

    def define(self, group: str, language: str, name: str, words: list[str]) -> None:
        """`name` stands for these words, too, in what comes after."""
        if group or not name.startswith(_STAR):
            raise ValueError("defines what stands in no form, or does so within a group")
        if language not in self.forms or not all(words):
            raise ValueError("defines nothing, or in no language that we know")
        self.stars.setdefault((language, name), []).extend(words)

    def add(self, group: str, language: str, form: str) -> None:
        for spelt in self._spelt(language, form):
            self._add(group, language, spelt)

    def _spelt(self, language: str, form: str) -> list[str]:
        """One for each word that a "*" in it stands for."""
        names = [word.removeprefix(_EVERYDAY) for word in form.split() if _STAR in word]
        if not names:
            return [form]
        if len(names) > 1 or (language, names[0]) not in self.stars:
            raise ValueError(
                f"has {' and '.join(names)}: one may be, and it must be defined before"
            )
        return [form.replace(names[0], word) for word in self.stars[language, names[0]]]

    def _add(self, group: str, language: str, form: str) -> None:
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
        given = [form.strip() for form in forms.split(",")]
        language, _, star = language.partition(" ")
        try:
            if star:
                read.define(group, language, star, given)
                continue
            for form in given:
                read.add(group, language, form)
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
