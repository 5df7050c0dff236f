"""Deciding on the lines of a pause: by name, with a reason, and by two where that is wanted."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.pauses.lines import BY_HAND, CHOICES, Choice, What
from breakwater.pauses.models import Pause, ReviewLine, ReviewManner
from breakwater.pauses.services.filling import fill
from breakwater.pauses.services.pausing import reason
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

__all__ = [
    "decide", "decide_alike", "fill", "needs", "second", "second_all", "set_manner",
]  # fmt: skip

AT_ONCE = 500

_MORE: dict[tuple[str, str], Right] = {
    (What.OUT, Choice.CANCEL): Right.TAKE_DOWN,
    (What.RULE, Choice.CANCEL): Right.INVITE,
}


def needs(what: str, choice: str) -> Right:
    """The right that this decision takes; besides it, SCHEDULE is always asked."""
    return _MORE.get((what, choice), Right.SCHEDULE)


def decide(
    by: Access, pause: Pause, line_ids: Collection[UUID], choice: str, why: str, *, now: datetime
) -> list[ReviewLine]:
    """These lines are decided, in the name of `by`; several only where they are alike. What has to
    be done for it is done by `carrying.carry`. Deciding again is possible until that is done; a
    second person's word on an earlier decision is void then.

    Raises: Forbidden; NotFound; Invalid "why_needed", "no_such_choice" or "not_alike"; StaleState
    "pause_over" or "line_done". Nothing is changed then.
    """
    said = _check(by, pause, why)
    with transaction.atomic():
        rows = _locked(pause, ReviewLine.objects.filter(pk__in=list(line_ids)[:AT_ONCE]))
        if len(rows) < len(set(line_ids)):
            raise NotFound(what="line")
        if len({row.alike for row in rows}) > 1:
            raise Invalid(code="not_alike", field="lines")
        return _decided(by, pause, rows, choice, said, now)


def decide_alike(
    by: Access, pause: Pause, alike: str, choice: str, why: str, *, now: datetime
) -> int:
    """All undecided lines that are alike are decided at once; how many. Raises: as `decide`."""
    said = _check(by, pause, why)
    found = 0
    while True:
        with transaction.atomic():
            open_ = ReviewLine.objects.filter(alike=alike, decision="").order_by("pk")
            rows = _locked(pause, open_.filter(pk__in=_some(pause, alike)))
            if not rows:
                return found
            found += len(_decided(by, pause, rows, choice, said, now))


def settled(row: ReviewLine, choice: str = "") -> bool:
    """Whether nothing else (or not `choice`) can be decided of the line any more: it was let pass, or
    its decision is carried out. Keeping is no deed; what is kept back can still be changed or
    cancelled, and is let go from the page of the new times."""
    if row.released_at:
        return True
    if row.outcome != "done" or row.decision == Choice.KEEP:
        return False
    further = {"", Choice.MODIFY, Choice.CANCEL} if row.decision == Choice.PAUSE else set()
    return choice not in further


def second(
    by: Access, pause: Pause, line_ids: Collection[UUID], *, now: datetime
) -> list[ReviewLine]:
    """`by` confirms these decisions of other people. Those that are confirmed already are left.

    Raises: Forbidden, also "own_decision"; StaleState "pause_over".
    """
    may(by, Right.SCHEDULE)
    _check_open(pause)
    with transaction.atomic():
        rows = _locked(pause, ReviewLine.objects.filter(pk__in=list(line_ids)[:AT_ONCE]))
        wanted = [row for row in rows if row.decision and row.second_by_id is None]
        if any(row.by_id == by.person.pk for row in wanted):
            raise Forbidden(code="own_decision")
        for row in wanted:
            may(by, needs(row.what, row.decision))
            row.second_by, row.second_at = by.person, now
        own = ReviewLine.objects.filter(pk__in=[row.pk for row in wanted])
        own.update(second_by=by.person, second_at=now)
        _record(by, pause, "seconded", wanted, {}, now)
    return wanted


def second_all(by: Access, pause: Pause, *, now: datetime) -> int:
    """All that others decided and that `by` may confirm is confirmed; how many."""
    found = 0
    while True:
        waiting = ReviewLine.objects.filter(pause=pause, second_by=None).exclude(decision="")
        own = [
            row.pk
            for row in waiting.exclude(by=by.person).order_by("pk")[:AT_ONCE]
            if by.may(needs(row.what, row.decision))
        ]
        done = len(second(by, pause, own, now=now)) if own else 0
        if not done:
            return found
        found += done


def set_manner(by: Access, *, two_persons: bool, now: datetime) -> None:
    """From now on, new pauses of the workspace ask for two persons a decision, or for one; the open
    pause too, while nothing in it is decided."""
    may(by, Right.INVITE)
    with transaction.atomic():
        ReviewManner.objects.update_or_create(
            workspace=by.workspace, defaults={"two_persons": two_persons}
        )
        undecided = Pause.objects.filter(workspace=by.workspace).exclude(state="ended")
        for pause in undecided.select_for_update(of=("self",)):
            if not ReviewLine.objects.filter(pause=pause).exclude(decision="").exists():
                pause.two_persons = two_persons
                pause.save(update_fields=["two_persons"])
        data = {"two_persons": two_persons}
        workspace = by.workspace
        fact = Fact(workspace.pk, "workspace.review_manner", "workspace", workspace.pk, data)
        record([fact], by=by.person.pk, now=now)


def _some(pause: Pause, alike: str) -> list[UUID]:
    rows = ReviewLine.objects.filter(pause=pause, alike=alike, decision="").order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _check(by: Access, pause: Pause, why: str) -> str:
    may(by, Right.SCHEDULE)
    _check_open(pause)
    return reason(why)


def _check_open(pause: Pause) -> None:
    if pause.over:
        raise StaleState(code="pause_over")


def _locked(pause: Pause, rows: QuerySet[ReviewLine]) -> list[ReviewLine]:
    return list(rows.filter(pause=pause).select_for_update(of=("self",)).order_by("pk"))


def _decided(
    by: Access, pause: Pause, rows: Sequence[ReviewLine], choice: str, why: str, now: datetime
) -> list[ReviewLine]:
    for what in {row.what for row in rows}:
        if choice not in CHOICES[what]:
            raise Invalid(code="no_such_choice", field="decision")
        may(by, needs(what, choice))
    if any(settled(row, choice) for row in rows):
        raise StaleState(code="line_done")
    said = {
        "decision": choice, "why": why, "by": by.person, "at": now, "second_by": None,
        "second_at": None,
    }  # fmt: skip
    for row in rows:
        for name, value in said.items():
            setattr(row, name, value)
        row.outcome = "by_hand" if row.what in BY_HAND else ""
    for outcome in {row.outcome for row in rows}:
        own = [row.pk for row in rows if row.outcome == outcome]
        ReviewLine.objects.filter(pk__in=own).update(**said, outcome=outcome)
    _record(by, pause, "decided", rows, {"decision": choice, "why": why}, now)
    return list(rows)


def _record(
    by: Access, pause: Pause, what: str, rows: Sequence[ReviewLine], data: dict[str, object],
    now: datetime,
) -> None:  # fmt: skip
    """One fact a decision, which names its lines."""
    if rows:
        named = {"lines": [str(row.pk) for row in rows], **data}
        fact = Fact(pause.workspace_id, f"pause.{what}", "pause", pause.pk, named)
        record([fact], by=by.person.pk, now=now)
