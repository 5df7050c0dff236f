"""From how many people on a group of messages is one thing, as the workspace wants it."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid
from breakwater.inbox.services.own_setup import own_setup
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

SMALLEST, LARGEST = 2, 1_000


def choose(by: Access, people: int, *, now: datetime) -> int:
    """What counts from the next messages on. Raises: Invalid("pile_size")."""
    may(by, Right.INVITE)
    if not SMALLEST <= people <= LARGEST:
        raise Invalid(code="pile_size", field="people", least=SMALLEST, most=LARGEST)
    with transaction.atomic():
        row = own_setup(by.workspace.pk, now=now)
        row.pile_from = people
        row.save(update_fields=["pile_from"])
        fact = Fact(
            by.workspace.pk, "inbox.pile_from", "workspace", by.workspace.pk, {"people": people}
        )
        record([fact], by=by.person.pk, now=now)
    return people
