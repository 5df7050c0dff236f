"""A workspace's days of mourning: its own, and the shipped ones as it wants them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.pauses.days import Kept, days_of
from breakwater.pauses.models import Day
from breakwater.pauses.newsreading import clean, web_address
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

DAYS = 200
_LEAP = 2024


@dataclass(frozen=True)
class Wording:
    """year: None means every year. fr: "" means the same as en."""

    month: int
    day: int
    year: int | None
    en: str
    fr: str = ""
    country: str = ""
    source: str = ""


def add_day(by: Access, wording: Wording, *, now: datetime) -> Day:
    """The day is watched from now on. Raises: Forbidden; Invalid "not_a_day", "name_empty",
    "far_too_many"."""
    may(by, Right.INVITE)
    name = clean(wording.en)[:120]
    if not name:
        raise Invalid(code="name_empty", field="en")
    _check(wording)
    with transaction.atomic():
        if Day.objects.filter(workspace=by.workspace).count() >= DAYS:
            raise Invalid(code="far_too_many", field="en", limit=DAYS)
        row = Day.objects.create(
            workspace=by.workspace, month=wording.month, day=wording.day, year=wording.year,
            name_en=name, name_fr=clean(wording.fr)[:120] or name,
            country=wording.country[:2].upper(), source=web_address(wording.source)[:500],
            created_at=now,
        )  # fmt: skip
        _note(by, row, "day.added", now)
    return row


def switch_day(by: Access, name: str, *, on: bool, now: datetime) -> Day:
    """name: the id of a row, or the key of a shipped day. Raises: Forbidden; NotFound."""
    may(by, Right.INVITE)
    with transaction.atomic():
        row = _row(by, _found(by, name), now)
        row.on = on
        row.save(update_fields=["on"])
        _note(by, row, "day.on" if on else "day.off", now)
    return row


def remove_day(by: Access, name: str, *, now: datetime) -> None:
    """One's own day is gone; a shipped one is not watched any more. Raises: Forbidden; NotFound."""
    may(by, Right.INVITE)
    kept = _found(by, name)
    if kept.key or kept.id is None:
        switch_day(by, name, on=False, now=now)
        return
    with transaction.atomic():
        row = Day.objects.get(workspace=by.workspace, pk=kept.id)
        _note(by, row, "day.removed", now)
        row.delete()


def _check(wording: Wording) -> None:
    try:
        date(wording.year or _LEAP, wording.month, wording.day)
    except ValueError as error:
        raise Invalid(code="not_a_day", field="day") from error


def _found(by: Access, name: str) -> Kept:
    found = next(
        (one for one in days_of(by.workspace.pk) if name in (one.key, str(one.id)) and name), None
    )
    if found is None:
        raise NotFound(what="day")
    return found


def _row(by: Access, kept: Kept, now: datetime) -> Day:
    """The row of the day; of a shipped one it is made when it is first changed."""
    if kept.id is not None:
        return Day.objects.select_for_update().get(workspace=by.workspace, pk=kept.id)
    row, _ = Day.objects.get_or_create(
        workspace=by.workspace, key=kept.key,
        defaults={
            "month": kept.month, "day": kept.day, "name_en": kept.en, "name_fr": kept.fr,
            "country": kept.country, "source": kept.source, "created_at": now,
        },
    )  # fmt: skip
    return row


def _note(by: Access, row: Day, verb: str, now: datetime) -> None:
    data = {"name": row.name_en, "day": f"{row.month:02}-{row.day:02}"}
    record([Fact(row.workspace_id, verb, "day", row.pk, data)], by=by.person.pk, now=now)
