"""Whether answers of a workspace need somebody else's yes."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.inbox.models import Setup
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def ask_approval(by: Access, *, on: bool, now: datetime) -> None:
    """From the next answer on. What waits already goes on waiting. Raises: Forbidden."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        Setup.objects.update_or_create(
            workspace=by.workspace, defaults={"approval": on},
            create_defaults={"approval": on, "created_at": now},
        )  # fmt: skip
        workspace = by.workspace.pk
        fact = Fact(workspace, "inbox.approval", "workspace", workspace, {"on": on})
        record([fact], by=by.person.pk, now=now)
