"""How a workspace works its inbox: who is given what, when people work, by when they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.core.ids import new_id
from breakwater.domain.business_hours import clock_of, day_of, span_of
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.triage import Category
from breakwater.inbox.models import Rota, Setup, Thread
from breakwater.inbox.rotas import able_person
from breakwater.inbox.services.assigning import MODES
from breakwater.inbox.services.own_setup import own_setup
from breakwater.inbox.services.rollup import roll_up
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LONGEST_TARGET = 20_000
"""Minutes: more than five weeks of eight-hour days."""
AT_ONCE = 200
_WEEKDAYS = range(7)
_RANDOM = (1 << 62) - 1


@dataclass(frozen=True)
class Shift:
    """A line of the rota, as typed. weekday: 0 is Monday. starts, ends: "HH:MM"."""

    person_id: UUID
    weekday: int
    starts: str
    ends: str
    languages: Sequence[str] = ()
    duty: bool = False


def share_out(by: Access, mode: str, *, now: datetime) -> None:
    """New conversations are given out so from now on. Raises: Forbidden; Invalid("bad_mode")."""
    checks.may(by, Right.INVITE)
    if mode not in MODES:
        raise Invalid(code="bad_mode", field="mode")
    with transaction.atomic():
        row = own_setup(by.workspace.pk, now=now)
        row.assigning = mode
        row.save(update_fields=["assigning"])
        _record(by, "inbox.shared_out", {"mode": mode}, now)


def add_shift(by: Access, shift: Shift, *, now: datetime) -> Rota:
    """Raises: Forbidden; Invalid("bad_hours", "bad_day", "cannot_answer")."""
    checks.may(by, Right.INVITE)
    clock_of(shift.starts), clock_of(shift.ends)
    if shift.weekday not in _WEEKDAYS:
        raise Invalid(code="bad_day", field="weekday", day=str(shift.weekday))
    with transaction.atomic():
        able_person(by.workspace.pk, shift.person_id)
        row = Rota.objects.create(
            workspace=by.workspace, person_id=shift.person_id, weekday=shift.weekday,
            starts=shift.starts, ends=shift.ends, duty=shift.duty, created_at=now,
            languages=sorted({one.strip().lower()[:8] for one in shift.languages} - {""}),
        )  # fmt: skip
        _record(by, "rota.added", {"person": str(shift.person_id)}, now)
    return row


def remove_shift(by: Access, shift_id: UUID, *, now: datetime) -> None:
    """Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        row = Rota.objects.filter(workspace=by.workspace, pk=shift_id).first()
        if row is None:
            raise NotFound(what="shift")
        Rota.objects.filter(pk=row.pk).delete()
        _record(by, "rota.removed", {"person": str(row.person_id)}, now)


def set_hours(
    by: Access,
    week: Mapping[int, Sequence[tuple[str, str]]],
    closing_days: Sequence[str],
    targets: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """When people work, and within how many minutes of it they answer each category. What waits
    learns of it within moments (`retell`). Raises: Forbidden; Invalid("bad_hours", "bad_day",
    "bad_target")."""
    checks.may(by, Right.INVITE)
    hours = {
        str(day): [_span(begin, end) for begin, end in spans]
        for day, spans in sorted(week.items()) if spans and day in _WEEKDAYS
    }  # fmt: skip
    days = sorted({day_of(one).isoformat() for one in closing_days})
    known = {one.value for one in Category}
    for name, minutes in targets.items():
        if name not in known or not 1 <= minutes <= LONGEST_TARGET:
            raise Invalid(code="bad_target", field=f"target_{name}")
    with transaction.atomic():
        row = own_setup(by.workspace.pk, now=now)
        row.hours, row.closing_days, row.targets = hours, days, dict(targets)
        row.dues_from = _start()
        row.save(update_fields=["hours", "closing_days", "targets", "dues_from"])
        _record(by, "inbox.hours", {"targets": dict(targets)}, now)


def retell(*, now: datetime, limit: int = AT_ONCE) -> int:
    """How many waiting conversations were told of targets that changed, some at a time. Run twice at
    once, each is told by one of the two."""
    told = 0
    for row in Setup.objects.exclude(dues_from=None).order_by("pk"):
        waiting = Thread.objects.filter(
            workspace_id=row.workspace_id, state__in=("open", "snoozed"), pk__gt=row.dues_from
        )
        ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
        with transaction.atomic():
            roll_up(ids, now=now)
            same = Setup.objects.filter(pk=row.pk, dues_from=row.dues_from)
            same.update(dues_from=ids[-1] if len(ids) == limit else None)
        told += len(ids)
    return told


def _start() -> UUID:
    """Before the id of every conversation (those begin with the time), and never the same twice:
    who counts from an older one sees that it is over."""
    return UUID(int=new_id().int & _RANDOM)


def _span(begin: str, end: str) -> list[str]:
    span_of(begin, end)
    return [begin, end]


def _record(by: Access, verb: str, data: Mapping[str, object], now: datetime) -> None:
    fact = Fact(by.workspace.pk, verb, "workspace", by.workspace.pk, data)
    record([fact], by=by.person.pk, now=now)
