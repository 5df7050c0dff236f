"""The workspace's own list of numbers, and whose country's are shown."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid
from breakwater.inbox.helplines import HELP, REPORT, countries, defaults, line_of
from breakwater.inbox.models import Helpline
from breakwater.inbox.services.own_setup import own_setup
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

_LONGEST = {"number": 40, "url": 500, "note": 300}


@dataclass(frozen=True)
class Typed:
    """A number or an address as somebody typed it."""

    kind: str
    name: str
    number: str = ""
    url: str = ""
    note: str = ""


def set_country(by: Access, country: str, *, now: datetime) -> None:
    """Its numbers are shown from now on. Raises: Forbidden; Invalid("unknown_country")."""
    checks.may(by, Right.INVITE)
    if country not in countries():
        raise Invalid(code="unknown_country", field="country")
    with transaction.atomic():
        setup = own_setup(by.workspace.pk, now=now)
        setup.country = country
        setup.save(update_fields=["country"])
        _tell(by, "country", country, now)


def add_line(by: Access, country: str, typed: Typed, *, now: datetime) -> Helpline:
    """One more of the country's; the list that came with Breakwater becomes the workspace's own.

    Raises: Forbidden; Invalid: unknown_country, name_empty, name_too_long, helpline_way (neither a
    number nor an address), helpline_address, helpline_long.
    """
    checks.may(by, Right.INVITE)
    if country not in countries():
        raise Invalid(code="unknown_country", field="country")
    name = checks.name(typed.name)
    said = {one: " ".join(getattr(typed, one).split()) for one in _LONGEST}
    _check(typed.kind, said)
    with transaction.atomic():
        _take_over(by, country, now)
        rows = Helpline.objects.filter(workspace=by.workspace, country=country)
        row = Helpline.objects.create(
            workspace=by.workspace, country=country, kind=typed.kind, name=name,
            position=rows.count(), created_at=now, **said,
        )  # fmt: skip
        _tell(by, "added", country, now)
    return row


def remove_line(by: Access, line_id: UUID, *, now: datetime) -> None:
    """It is told to nobody any more. With the last one, those that came with Breakwater are back.
    Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        row = line_of(by.workspace.pk, line_id)
        row.delete()
        _tell(by, "removed", row.country, now)


def take_over(by: Access, country: str, *, now: datetime) -> None:
    """The list that came with Breakwater is the workspace's own, to be changed. Raises: Forbidden."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        _take_over(by, country, now)


def reset(by: Access, country: str, *, now: datetime) -> None:
    """The list is the one that came with Breakwater again. Raises: Forbidden."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        Helpline.objects.filter(workspace=by.workspace, country=country).delete()
        _tell(by, "reset", country, now)


def _take_over(by: Access, country: str, now: datetime) -> None:
    """Whoever comes second waits for the first, and finds the rows there."""
    own_setup(by.workspace.pk, now=now)
    rows = Helpline.objects.filter(workspace=by.workspace, country=country)
    if rows.exists():
        return
    Helpline.objects.bulk_create(
        Helpline(
            workspace=by.workspace, country=country, kind=one.kind, name=one.name,
            number=one.number, url=one.url, note=one.note, position=place, created_at=now,
        )
        for place, one in enumerate(defaults(country))
    )  # fmt: skip


def _check(kind: str, said: dict[str, str]) -> None:
    if kind not in (HELP, REPORT):
        raise Invalid(code="unknown_field", field="kind", name="kind")
    if not (said["number"] or said["url"]):
        raise Invalid(code="helpline_way", field="number")
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            raise Invalid(code="helpline_long", field=name, limit=most)
    if said["url"] and not _is_address(said["url"]):
        raise Invalid(code="helpline_address", field="url")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def _tell(by: Access, what: str, country: str, now: datetime) -> None:
    fact = Fact(
        by.workspace.pk, f"helplines.{what}", "workspace", by.workspace.pk, {"country": country}
    )
    record([fact], by=by.person.pk, now=now)
