"""A yes or no to somebody's answer to all of a pile, or its author taking it back.

The deed waits as a proposed one (`pile_deeds.begin`); with a yes it goes on as any deed on a pile does.
What came after its author decided is no part of it, however late the yes comes.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.domain.errors import NotFound
from breakwater.inbox.lifecycle import PILE_DEED
from breakwater.inbox.models import PileDeed
from breakwater.inbox.services.deciding import check_author, check_other, check_waiting, reason
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.telling import tell_author_of_many
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

_APPROVED = ("going", "done")


def approve(by: Access, deed_id: UUID, *, tags: Sequence[str] = (), now: datetime) -> PileDeed:
    """Workers do it from now on, once; approved again, the same comes back. tags: of what leaves by
    it, beside its author's. Both are asked for their rights again while it goes on.

    Raises: Forbidden, "own_answer" to its author; NotFound; StaleState "proposal_decided".
    """
    checks.may(by, Right.APPROVE)
    with transaction.atomic():
        deed = _locked(by, deed_id)
        check_other(by, deed)
        if deed.state in _APPROVED and deed.decided_by_id is not None:
            return deed
        check_waiting(deed)
        beat([by.workspace.pk])
        return move(
            deed, PILE_DEED, "going", by=by.person.pk, now=now, why=_why(deed, "approved"),
            decided_by=by.person, tags=[*dict.fromkeys([*deed.tags, *tags])],
        )  # fmt: skip


def refuse(by: Access, deed_id: UUID, why: str, *, now: datetime) -> PileDeed:
    """Nothing of it leaves, and its author is told why.

    Raises: Forbidden, "own_answer"; NotFound; Invalid "reason_needed"; StaleState "proposal_decided".
    """
    checks.may(by, Right.APPROVE)
    said = reason(why)
    with transaction.atomic():
        deed = _locked(by, deed_id)
        check_other(by, deed)
        check_waiting(deed)
        said_so = {deed.pk: {"decided_by": by.person, "why": said}}
        deed = move_many(
            [deed], PILE_DEED, "refused", by=by.person.pk, now=now, why=_why(deed, "refused"),
            changes=said_so,
        )[0]  # fmt: skip
        tell_author_of_many(by, deed, now=now)
        beat([by.workspace.pk])
    return deed


def withdraw(by: Access, deed_id: UUID, *, now: datetime) -> PileDeed:
    """Its author takes it back. Raises: Forbidden "not_own_answer"; NotFound; StaleState
    "proposal_decided"."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        deed = _locked(by, deed_id)
        check_author(by, deed)
        check_waiting(deed)
        beat([by.workspace.pk])
        return move(deed, PILE_DEED, "withdrawn", by=by.person.pk, now=now)


def _locked(by: Access, deed_id: UUID) -> PileDeed:
    rows = PileDeed.objects.select_for_update(of=("self",)).select_related("by")
    deed = rows.filter(workspace=by.workspace, pk=deed_id).first()
    if deed is None:
        raise NotFound(what="deed")
    return deed


def _why(deed: PileDeed, because: str) -> dict[str, str]:
    """Both who wrote it and who decided on it stand in the entry."""
    return {"because": because, "author": str(deed.by_id)}
