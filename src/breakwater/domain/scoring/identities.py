"""Words that say who somebody is, in English and French. What they name is never an insult.

They are in data/identities.txt, which says how it is written. Slurs are not among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("en", "fr")
_EVERYDAY = "~"


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

    def take(self, group: str, language: str, form: str) -> None:
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
        try:
            for form in forms.split(","):
                read.take(group, language, form.strip())
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
