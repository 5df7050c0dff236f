"""A workspace's own playbooks: each change is a new number, none is ever changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, StaleState
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import KINDS, ROLES
from breakwater.incidents.models import Playbook
from breakwater.incidents.playbooks import Step, book_of
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

MOST = 40
TEXT_MAX = 500
_DAYS_MAX = 30 * 24 * 60


def change_playbook(
    by: Access, kind: str, steps: Sequence[Step], *, seen: int, now: datetime
) -> Playbook:
    """The steps are the playbook from now on; incidents that are open keep theirs.

    seen: the number that the page showed. Raises: Forbidden; Invalid "playbook_empty",
    "playbook_text" (a step that lacks one of its languages); StaleState when somebody was first.
    """
    checks.may(by, Right.INVITE)
    one_of(kind, KINDS, "kind")
    read = [_checked(step) for step in steps]
    if not read:
        raise Invalid(code="playbook_empty", field="steps")
    if len(read) > MOST:
        raise Invalid(code="far_too_long", field="steps", limit=MOST)
    if len({step.key for step in read}) < len(read):
        raise Invalid(code="incident_value", field="steps")
    if book_of(by.workspace.pk, kind).number != seen:
        raise StaleState(subject="playbook")
    return _stored(by, kind, read, seen + 1, now)


def _stored(by: Access, kind: str, steps: list[Step], number: int, now: datetime) -> Playbook:
    try:
        with transaction.atomic():
            row = Playbook.objects.create(
                workspace=by.workspace, kind=kind, number=number,
                steps=[step.json for step in steps], by=by.person, created_at=now,
            )  # fmt: skip
            data = {"kind": kind, "number": number}
            fact = Fact(by.workspace.pk, "playbook.changed", "playbook", row.pk, data)
            record([fact], by=by.person.pk, now=now)
    except IntegrityError as error:
        raise StaleState(subject="playbook") from error
    return row


def _checked(step: Step) -> Step:
    if not (step.en.strip() and step.fr.strip()):
        raise Invalid(code="playbook_text", field="steps")
    if not 0 <= step.within <= _DAYS_MAX:
        raise Invalid(code="incident_value", field="steps")
    en, fr = (words(text, "steps", TEXT_MAX) for text in (step.en, step.fr))
    return Step(step.key, en, fr, one_of(step.who, ROLES, "steps"), step.within, step.source)
