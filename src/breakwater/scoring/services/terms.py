"""Adding and removing a workspace's words. They count from the next text on."""

from datetime import datetime
from uuid import UUID

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.scoring.terms import LONGEST_TERM, term_words
from breakwater.domain.text import one_line, storable
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.models import Term
from breakwater.scoring.services.changes import changing

MOST = 1000
"""Terms of one workspace."""


def add_term(by: Access, text: str, *, allowed: bool, now: datetime) -> Term:
    """The words are a term, allowed or denied; those that were one already are as said now.

    Raises: Forbidden; Invalid: term_empty, term_too_long (as typed, or as it is read), term_many.
    """
    checks.may(by, Right.ANSWER)
    typed = one_line(storable(text))
    words = _words(typed)
    with changing(by.workspace.pk, now=now):
        row = Term.objects.filter(workspace=by.workspace, words=words).first()
        if row is not None and row.allowed is allowed:
            return row
        if row is None:
            row = Term(workspace=by.workspace, words=words, created_at=now)
            if Term.objects.filter(workspace=by.workspace).count() >= MOST:
                raise Invalid(code="term_many", field="text", limit=MOST)
        row.typed, row.allowed, row.by = typed, allowed, by.person
        row.save()
        _record(by, row, "term.added", now)
    return row


def remove_term(by: Access, term_id: UUID, *, now: datetime) -> None:
    """The words are no term any more. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with changing(by.workspace.pk, now=now):
        row = Term.objects.filter(workspace=by.workspace, pk=term_id).first()
        if row is None:
            raise NotFound(what="term")
        _record(by, row, "term.removed", now)
        row.delete()


def _words(typed: str) -> str:
    if len(typed) > LONGEST_TERM:
        raise Invalid(code="term_too_long", field="text", limit=LONGEST_TERM)
    words = " ".join(term_words(typed))
    if not words:
        raise Invalid(code="term_empty", field="text")
    if len(words) > 2 * LONGEST_TERM:
        raise Invalid(code="term_too_long", field="text", limit=LONGEST_TERM)
    return words


def _record(by: Access, row: Term, verb: str, now: datetime) -> None:
    """The words themselves stay out of the chain: they may be what nobody should have to read."""
    data = {"allowed": row.allowed}
    record([Fact(by.workspace.pk, verb, "term", row.pk, data)], by=by.person.pk, now=now)
