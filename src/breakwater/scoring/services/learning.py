"""Using what the team's corrections taught the scorer, when a person says so; and back."""

from datetime import datetime

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import NotFound, StaleState
from breakwater.domain.scoring.adapters import LEARNS
from breakwater.domain.scoring.banding import Graded, name_of
from breakwater.domain.scoring.scores import Head
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.learning import Offer, offers, standing_of
from breakwater.scoring.model import graded
from breakwater.scoring.models import Learnt, Tuning
from breakwater.scoring.services.changes import changing


def use_learnt(
    by: Access, head: Head, *, state: str, now: datetime, model: Graded | None = None
) -> Learnt:
    """From the next text on the head is what its corrections taught it, as the person saw it (state: of the
    Offer). Raises: Forbidden; NotFound for a kind of abuse that is not learnt; StaleState when something else, or
    nothing, is proposed by now."""
    checks.may(by, Right.INVITE)
    model = model or graded()
    _offered(
        by, head, state, model
    )  # fitted before anybody waits for the transaction, and remembered
    with changing(by.workspace.pk, now=now):
        found = _offered(by, head, state, model)
        judged, adapter = found.learning.judged, found.learning.adapter
        assert judged is not None
        assert adapter is not None
        row = Learnt(
            head=head.value,
            model=name_of(model),
            weights=adapter.packed(),
            lessons=found.learning.lessons,
            seen=found.corrections,
            of=judged.of,
            right=judged.learnt.right,
            before=judged.now.right,
        )
        return _stored(by, row, "learning.used", now)


def take_back_learnt(by: Access, head: Head, *, now: datetime) -> Learnt:
    """The head is what it was before it learnt last, which stays on record. Raises: Forbidden; NotFound where
    nothing that it learnt is used."""
    checks.may(by, Right.INVITE)
    with changing(by.workspace.pk, now=now):
        last = standing_of(by.workspace.pk).get(head)
        if last is None:
            raise NotFound(what="learnt")
        return _stored(by, Learnt(head=head.value, model=last.model), "learning.taken_back", now)


def _offered(by: Access, head: Head, state: str, model: Graded) -> Offer:
    if head not in LEARNS:
        raise NotFound(what="learnt")
    found = offers(by.workspace.pk, model, [head])[0]
    if found.state != state or not found.proposed:
        raise StaleState(subject="learning", id=head.value, wanted=state)
    return found


def _stored(by: Access, row: Learnt, verb: str, now: datetime) -> Learnt:
    """With the next number of the workspace. Inside `changing`."""
    tuning = Tuning.objects.get(workspace=by.workspace)
    row.workspace, row.by, row.created_at = by.workspace, by.person, now
    row.number = tuning.learnt + 1
    row.save(force_insert=True)
    tuning.learnt = row.number
    tuning.save(update_fields=["learnt"])
    data = {"head": row.head, "number": row.number, "corrections": row.lessons, "model": row.model}
    record([Fact(by.workspace.pk, verb, "learnt", row.pk, data)], by=by.person.pk, now=now)
    return row
