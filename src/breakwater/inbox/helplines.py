"""Numbers that a person in danger may be told, and where a crime is reported: the workspace's own, or
those that come with Breakwater (data/helplines.json), each with its official page."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from breakwater.domain.errors import NotFound
from breakwater.inbox.models import Helpline, Setup

HELP = "help"
REPORT = "report"
USUAL = "FR"


@dataclass(frozen=True)
class Line:
    """kind: HELP or REPORT. on: the day it was written down, ISO, of one that came with Breakwater;
    id: of the workspace's own."""

    kind: str
    name: str
    number: str
    url: str
    note: str
    on: str = ""
    id: UUID | None = None

    @property
    def day(self) -> date | None:
        """The day `on`, for pages to write as their reader does."""
        return date.fromisoformat(self.on) if self.on else None


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[Line, ...]]:
    text = files("breakwater.inbox").joinpath("data/helplines.json").read_text("utf-8")
    return {
        country: tuple(Line(**row) for row in rows) for country, rows in json.loads(text).items()
    }


def countries() -> tuple[str, ...]:
    """ISO 3166 codes of those whose numbers come with Breakwater."""
    return tuple(_all())


def defaults(country: str) -> tuple[Line, ...]:
    """Those that come with Breakwater; none for a country that it knows nothing of."""
    return _all().get(country, ())


def country_of(workspace_id: UUID) -> str:
    """Whose numbers the workspace is shown."""
    chosen = Setup.objects.filter(workspace_id=workspace_id).values_list("country", flat=True)
    return chosen.first() or USUAL


def lines(workspace_id: UUID, country: str, kind: str = "") -> list[Line]:
    """The workspace's own for the country, in its order; where it has none, those that come with
    Breakwater, so that there is always a number. One query."""
    rows = Helpline.objects.filter(workspace_id=workspace_id, country=country)
    own = [_own(row) for row in rows.order_by("position", "created_at", "pk")]
    return [one for one in own or defaults(country) if kind in ("", one.kind)]


def line_of(workspace_id: UUID, line_id: UUID) -> Helpline:
    """Raises: NotFound."""
    row = Helpline.objects.filter(workspace_id=workspace_id, pk=line_id).first()
    if row is None:
        raise NotFound(what="helpline")
    return row


def _own(row: Helpline) -> Line:
    return Line(row.kind, row.name, row.number, row.url, row.note, id=row.pk)
