"""The month and the list: two views of the same posts, with the same words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from breakwater.channels.models import Channel
from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.domain import walltime
from breakwater.domain.errors import Invalid
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing import calendar
from breakwater.publishing.calendar import YEARS, Card, Filters
from breakwater.publishing.status import Status
from breakwater.web.page import page, show
from breakwater.web.states import LOOKS, Look, look
from breakwater.web.templatetags.bw import icon

_Faces = Mapping[Status, tuple[Look, SafeString]]


@dataclass(frozen=True)
class Tile:
    """One post in a day or in a row. channels: their names. sign: its status, drawn and said."""

    card: Card
    url: str
    look: Look
    sign: SafeString
    channels: str


@dataclass(frozen=True)
class Cell:
    """A day of the grid. new_url: where a post for it is begun, "" for a day that is past."""

    date: date
    tiles: Sequence[Tile]
    outside: bool
    today: bool
    new_url: str


@page(right=Right.SEE)
def this_month(request: HttpRequest, access: Access) -> HttpResponse:
    today = _today(access)
    return _month(request, access, today.year, today.month, today)


@page(right=Right.SEE)
def month(request: HttpRequest, access: Access, year: int, number: int) -> HttpResponse:
    """A month of the workspace's zone. Raises: Invalid("not_a_month")."""
    return _month(request, access, year, number, _today(access))


@page(right=Right.SEE)
def posts(request: HttpRequest, access: Access) -> HttpResponse:
    """The list, narrowed by ?status, ?channel and ?text, page by page by ?after."""
    rows = list(channels(access.workspace.pk))
    zone, said = access.workspace.zone, _asked(request, rows)
    cursor = request.GET.get("after", "")
    found = calendar.listing(access.workspace.pk, said, zone=zone, cursor=cursor)
    kept = {
        name: request.GET[name] for name in ("status", "channel", "text") if name in request.GET
    }
    context = {
        "tiles": _tiles(access, found.cards, _names(rows), _faces()),
        "next": urlencode({**kept, "after": found.next}) if found.next else "",
        "narrowed": bool(said.status or said.channel_id or said.text),
        "cursor": cursor,
        "channels": rows,
        "statuses": [(one.value, LOOKS["post"][one].word) for one in Status],
        "status": said.status.value if said.status else "",
        "channel": said.channel_id,
        "text": said.text,
        **_frame(access),
    }
    return show(request, "publishing/list.html", context)


def _month(
    request: HttpRequest, access: Access, year: int, number: int, today: date
) -> HttpResponse:
    if year not in YEARS or number not in range(1, 13):
        raise Invalid(code="not_a_month", field="month")
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    weeks = _weeks(access, first, after, today)
    context = {
        "first": first,
        "weeks": weeks,
        "heads": [cell.date for cell in weeks[0]],
        "nothing": not any(cell.tiles for week in weeks for cell in week if not cell.outside),
        "previous": _address(access, first - timedelta(days=1)),
        "next": _address(access, after),
        "now_shown": first == today.replace(day=1),
        **_frame(access),
    }
    return show(request, "publishing/month.html", context)


def _weeks(access: Access, first: date, after: date, today: date) -> list[list[Cell]]:
    """Whole weeks from Monday, with the days of the months beside."""
    begin = first - timedelta(days=first.weekday())
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    days = calendar.days(access.workspace.pk, begin, end, access.workspace.zone)
    names, faces = _names(channels(access.workspace.pk)), _faces()
    new = reverse("post-new", args=[access.workspace.slug])
    may = access.may(Right.WRITE)
    cells = [
        Cell(
            day.date,
            _tiles(access, day.cards, names, faces),
            outside=not first <= day.date < after,
            today=day.date == today,
            new_url=f"{new}?day={day.date}" if may and day.date >= today else "",
        )
        for day in days
    ]
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _names(rows: Iterable[Channel]) -> dict[UUID, str]:
    return {row.pk: str(row) for row in rows}


def _faces() -> dict[Status, tuple[Look, SafeString]]:
    """Each status as it looks, drawn once for a whole page of posts."""
    looks = {status: look("post", status) for status in Status}
    return {
        status: (seen, format_html("{}<span>{}</span>", icon(seen.icon), seen.word))
        for status, seen in looks.items()
    }


def _tiles(
    access: Access, cards: Iterable[Card], names: Mapping[UUID, str], faces: _Faces
) -> list[Tile]:
    return [
        Tile(
            card,
            reverse("post", args=[access.workspace.slug, card.id]),
            *faces[card.status],
            ", ".join(name for one, name in names.items() if one in card.channels),
        )
        for card in cards
    ]


def _asked(request: HttpRequest, rows: Sequence[Channel]) -> Filters:
    """What the address asks for; a word that we do not know asks for nothing."""
    statuses = {one.value: one for one in Status}
    by_id: dict[str, UUID] = {str(row.pk): row.pk for row in rows}
    return Filters(
        status=statuses.get(request.GET.get("status", "")),
        channel_id=by_id.get(request.GET.get("channel", "")),
        text=request.GET.get("text", "")[:200],
    )


def _address(access: Access, day: date) -> str:
    if day.year not in YEARS:
        return ""
    return reverse("calendar-month", args=[access.workspace.slug, day.year, day.month])


def _today(access: Access) -> date:
    moment: datetime = walltime.local(clock.now(), access.workspace.zone)
    return moment.date()


def _frame(access: Access) -> dict[str, Any]:
    may = access.may(Right.WRITE)
    return {
        "zone": access.workspace.zone,
        "new_url": reverse("post-new", args=[access.workspace.slug]) if may else "",
        "area": "calendar",
    }
