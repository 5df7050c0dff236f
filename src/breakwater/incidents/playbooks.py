"""Playbooks as they are now: a workspace's own, or those that come with Breakwater."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from breakwater.incidents.kinds import KINDS
from breakwater.incidents.models import Playbook


@dataclass(frozen=True)
class Step:
    """within: minutes after the incident was opened, 0 for no time. source: of domain.sources."""

    key: str
    en: str
    fr: str
    who: str
    within: int
    source: str = ""

    def said(self, language: str) -> str:
        return self.fr if language == "fr" else self.en

    @property
    def json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Book:
    """number: 0 for the one that comes with Breakwater."""

    kind: str
    number: int
    steps: tuple[Step, ...]


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Book]:
    text = files("breakwater.incidents").joinpath("data/playbooks.toml").read_text("utf-8")
    read = tomllib.loads(text)
    return {kind: Book(kind, 0, tuple(Step(**row) for row in read[kind])) for kind in KINDS}


def book_of(workspace_id: UUID, kind: str) -> Book:
    """The one that counts. One query."""
    rows = Playbook.objects.filter(workspace_id=workspace_id, kind=kind)
    own = rows.order_by("-number").first()
    return _read(own) if own else shipped()[kind]


def books(workspace_id: UUID) -> list[Book]:
    """One for each kind, in the order of the kinds. One query."""
    own = {
        row.kind: row
        for row in Playbook.objects.filter(workspace_id=workspace_id).order_by("number")
    }
    return [_read(own[kind]) if kind in own else shipped()[kind] for kind in KINDS]


def _read(row: Playbook) -> Book:
    return Book(row.kind, row.number, tuple(Step(**step) for step in row.steps))
