"""The days that a workspace keeps free of careless posts: shipped ones, as people changed them, and
their own."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from breakwater.pauses.models import Day


@dataclass(frozen=True)
class Kept:
    """One day. key: of a shipped one; id: of a row, None where nobody changed the shipped one.
    year: None means every year. read_on: when the source was read, "" of a person's own."""

    key: str
    id: UUID | None
    month: int
    day: int
    year: int | None
    en: str
    fr: str
    country: str
    source: str
    read_on: str
    on: bool

    def falls_on(self, day: date) -> bool:
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)

    def name(self, language: str) -> str:
        return self.fr if language.startswith("fr") else self.en


def days_of(workspace_id: UUID) -> list[Kept]:
    """All days of the workspace, in the order of the year. One query."""
    rows = list(Day.objects.filter(workspace_id=workspace_id))
    own = [_own(row) for row in rows]
    changed = {row.key for row in rows if row.key}
    untouched = [_shipped(one) for one in shipped() if one["key"] not in changed]
    return sorted([*own, *untouched], key=lambda one: (one.month, one.day, one.en))


def falling(kept: Iterable[Kept], day: date) -> list[Kept]:
    """Those that are watched and fall on this day."""
    return [one for one in kept if one.on and one.falls_on(day)]


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    text = resources.files(__package__).joinpath("data", "days.json").read_text("utf-8")
    return tuple(json.loads(text))


def _own(row: Day) -> Kept:
    known = next((one for one in shipped() if one["key"] == row.key), None)
    read_on = str(known["read_on"]) if known and known["source"] == row.source else ""
    return Kept(
        row.key, row.pk, row.month, row.day, row.year, row.name_en, row.name_fr, row.country,
        row.source, read_on, row.on,
    )  # fmt: skip


def _shipped(one: dict[str, Any]) -> Kept:
    return Kept(
        one["key"], None, one["month"], one["day"], None, one["en"], one["fr"], one["country"],
        one["source"], one["read_on"], True,
    )  # fmt: skip
