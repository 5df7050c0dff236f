"""The shipped scenarios, read from `scenarios/*.toml`: what happens when, in both languages."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from breakwater.domain.errors import Invalid

HERE = Path(__file__).parent / "scenarios"
CHANNELS = 3
KINDS = frozenset({"post", "profile", "mention", "comment", "message", "news"})
"""What a line can be: somebody posts on our account or renames it, says something, or it is in the
news."""

Words = Mapping[str, str]
"""Language ("en", "fr") -> the text."""


@dataclass(frozen=True)
class Line:
    """One thing that happens. after_s: seconds of the scenario's clock. channel: 0 to 2.

    who: the stranger or the paper that says it; "" where our own account does.
    """

    after_s: int
    what: str
    channel: int
    who: str
    text: Words


@dataclass(frozen=True)
class Routine:
    """A post of the brand's own. after_s: when it is planned on the scenario's clock, or None for
    one that is out when the drill begins."""

    after_s: int | None
    channels: tuple[int, ...]
    text: Words


@dataclass(frozen=True)
class Happened:
    """A moment of the historical case. minute: after its beginning; None where no source says."""

    minute: int | None
    text: Words


@dataclass(frozen=True)
class Case:
    """What happened to others. minutes: step of the drill -> minutes, where a source says them."""

    title: Words
    minutes: Mapping[str, int]
    facts: tuple[Happened, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    """minutes: of the scenario's clock. case: None where no single case stands behind it."""

    slug: str
    number: int
    minutes: int
    name: Words
    about: Words
    brand: Words
    channels: Mapping[str, tuple[str, ...]]
    case: Case | None
    routine: tuple[Routine, ...]
    lines: tuple[Line, ...]

    @property
    def posts(self) -> int:
        """How many posts on our accounts nobody here sends."""
        return sum(1 for line in self.lines if line.what == "post")


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Slug -> scenario, in their order. Raises: ValueError for a file that is none."""
    found = [_scenario(path) for path in HERE.glob("*.toml")]
    return {one.slug: one for one in sorted(found, key=lambda one: one.number)}


def scenario(slug: str) -> Scenario:
    """Raises: Invalid("drill_scenario")."""
    found = scenarios().get(slug)
    if found is None:
        raise Invalid(code="drill_scenario", field="scenario")
    return found


def said(words: Words, language: str) -> str:
    """In that language, or in English where there is none of it."""
    return words.get(language[:2]) or words["en"]


def _scenario(path: Path) -> Scenario:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    script = read["script"]
    routine = [Routine(None, (int(channel),), _both(*text)) for channel, *text in script["out"]]
    routine += [
        Routine(int(minute) * 60, tuple(channels), _both(*text))
        for minute, channels, *text in script["planned"]
    ]
    brand = read["brand"]
    return Scenario(
        slug=path.stem,
        number=int(read["number"]),
        minutes=int(read["minutes"]),
        name=_both(**read["name"]),
        about=_both(**read["about"]),
        brand=_both(**brand["name"]),
        channels={language: tuple(names) for language, names in brand["channels"].items()},
        case=_case(read["case"]) if "case" in read else None,
        routine=tuple(routine),
        lines=tuple(_line(path.stem, row) for row in script["lines"]),
    )


def _line(slug: str, row: Sequence[Any]) -> Line:
    at, what, channel, who, en, fr = row
    minutes, seconds = str(at).split(":")
    if what not in KINDS or not 0 <= channel < CHANNELS:
        raise ValueError(f"{slug}: no such line: {at} {what}")
    return Line(int(minutes) * 60 + int(seconds), what, channel, who, _both(en, fr))


def _case(read: Mapping[str, Any]) -> Case:
    minutes = {name: int(read[name]) for name in ("noticed", "contained") if name in read}
    facts = tuple(
        Happened(int(minute) if minute >= 0 else None, _both(en, fr))
        for minute, en, fr in read["facts"]
    )
    return Case(_both(**read["title"]), minutes, facts, tuple(read["sources"]))


def _both(en: str, fr: str) -> Words:
    return {"en": en, "fr": fr}
