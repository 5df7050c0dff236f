"""Moving a threshold as the team's corrections say, when a person says so; and back."""

from datetime import datetime

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import NotFound, StaleState
from breakwater.domain.scoring.scores import Head
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.models import Move
from breakwater.scoring.selectors import last_move, proposal
from breakwater.scoring.services.changes import changing


def move(by: Access, head: Head, *, to: float, now: datetime) -> Move:
    """The head's limits are moved as corrections propose it now, which is what the person saw.

    Raises: Forbidden; StaleState when the corrections propose something else than `to` by now.
    """
    checks.may(by, Right.INVITE)
    with changing(by.workspace.pk, now=now):
        found = proposal(by.workspace.pk, head)
        if found.to != to or found.to == found.now:
            raise StaleState(subject="move", id=head.value, wanted=to)
        return _stored(by, head, found.now, found.to, found.corrections, now)


def move_back(by: Access, head: Head, *, now: datetime) -> Move:
    """The head's limits are what they were before its last move, which stays on record.

    Raises: Forbidden; NotFound where it has no move.
    """
    checks.may(by, Right.INVITE)
    with changing(by.workspace.pk, now=now):
        last = last_move(by.workspace.pk, head)
        if last is None:
            raise NotFound(what="move")
        return _stored(by, head, last.to, last.before, 0, now)


def _stored(
    by: Access, head: Head, before: float, to: float, corrections: int, now: datetime
) -> Move:
    row = Move.objects.create(
        workspace=by.workspace,
        head=head.value,
        before=before,
        to=to,
        corrections=corrections,
        by=by.person,
        created_at=now,
    )
    steps = {"from": round(before * 1000), "to": round(to * 1000)}  # in thousandths
    data = {"head": head.value, **steps, "corrections": corrections}
    fact = Fact(by.workspace.pk, "threshold.moved", "move", row.pk, data)
    record([fact], by=by.person.pk, now=now)
    return row
