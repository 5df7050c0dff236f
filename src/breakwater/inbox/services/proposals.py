"""A yes or no to somebody's answer, or its author taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.domain.errors import NotFound
from breakwater.inbox.lifecycle import PROPOSAL
from breakwater.inbox.models import Answer, Proposal, Thread
from breakwater.inbox.services.answering import Sending, check_words, send
from breakwater.inbox.services.deciding import check_author, check_other, check_waiting, reason
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.settling import locked
from breakwater.inbox.services.telling import tell_author
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def approve(by: Access, proposal_id: UUID, *, tags: Sequence[str] = (), now: datetime) -> Answer:
    """The answer leaves, once; approved again, the same comes back. tags: of its delivery.

    Raises: Forbidden, "own_answer" to its author; NotFound; StaleState "proposal_decided"; and what
    keeps an answer from leaving by now, as `answering.answer`. Nothing is written then.
    """
    checks.may(by, Right.APPROVE)
    with transaction.atomic():
        thread, row = _locked(by, proposal_id)
        check_other(by, row)
        if row.state == "sent":
            return Answer.objects.get(delivery__source=row.request, deed="")
        check_waiting(row)
        check_words(row.item, thread.channel, row.text, now=now)
        row = move(row, PROPOSAL, "sent", by=by.person.pk, now=now, decided_by=by.person)
        return send(thread, row.item, replace(_sending(row, by), tags=tags), now=now)


def refuse(by: Access, proposal_id: UUID, why: str, *, now: datetime) -> Proposal:
    """It does not leave, and its author is told why.

    Raises: Forbidden, "own_answer"; NotFound; Invalid "reason_needed"; StaleState "proposal_decided".
    """
    checks.may(by, Right.APPROVE)
    said = reason(why)
    with transaction.atomic():
        _, row = _locked(by, proposal_id)
        check_other(by, row)
        check_waiting(row)
        said_so = {row.pk: {"decided_by": by.person, "why": said}}
        row = move_many([row], PROPOSAL, "refused", by=by.person.pk, now=now, changes=said_so)[0]
        tell_author(by, row, now=now)
        beat([by.workspace.pk])
    return row


def withdraw(by: Access, proposal_id: UUID, *, now: datetime) -> Proposal:
    """Its author takes it back. Raises: Forbidden "not_own_answer"; NotFound; StaleState
    "proposal_decided"."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        _, row = _locked(by, proposal_id)
        check_author(by, row)
        check_waiting(row)
        beat([by.workspace.pk])
        return move(row, PROPOSAL, "withdrawn", by=by.person.pk, now=now)


def _locked(by: Access, proposal_id: UUID) -> tuple[Thread, Proposal]:
    """The conversation before its proposal, as everywhere."""
    found = Proposal.objects.filter(workspace=by.workspace, pk=proposal_id).first()
    thread = locked(by.workspace.pk, found.thread_id) if found else None
    if thread is None:
        raise NotFound(what="proposal")
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("item__arrival", "by")
    return thread, rows.get(pk=proposal_id)


def _sending(row: Proposal, by: Access) -> Sending:
    return Sending(
        row.text, row.language, row.request, author=row.by_id, by=by.person.pk,
        upto=int(row.options.get("upto", 0)), keep_open=bool(row.options.get("keep_open")),
    )  # fmt: skip
