"""Whether answers of a workspace need somebody else's yes."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.inbox.services.own_setup import own_setup
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def ask_approval(by: Access, *, on: bool, now: datetime) -> None:
    """From the next answer on. What waits already goes on waiting. Raises: Forbidden."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        row = own_setup(by.workspace.pk, now=now)
        row.approval = on
        row.save(update_fields=["approval"])
        workspace = by.workspace.pk
        fact = Fact(workspace, "inbox.approval", "workspace", workspace, {"on": on})
        record([fact], by=by.person.pk, now=now)
