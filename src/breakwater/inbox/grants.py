"""Who goes through the lock-out folder for whom, and what of it is left to go through."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.domain.errors import NotFound
from breakwater.inbox.models import Grant, Thread
from breakwater.inbox.selectors import Filters, listed
from breakwater.people.selectors import Access


def grants_of(by: Access, now: datetime) -> list[Grant]:
    """Those that this person gave or was given and that have not ended, with both of them."""
    return list(_living(by, now).order_by("until", "pk"))


def grant_of(by: Access, grant_id: UUID, now: datetime) -> Grant:
    """One of these. Raises: NotFound for all others, and for those that have ended."""
    row = _living(by, now).filter(pk=grant_id).first()
    if row is None:
        raise NotFound(what="grant")
    return row


def next_aside(workspace_id: UUID) -> Thread | None:
    """The newest conversation of the folder."""
    found = listed([workspace_id], Filters(state="aside"), limit=1)
    return found[0] if found else None


def _living(by: Access, now: datetime) -> QuerySet[Grant]:
    mine = Q(owner=by.person) | Q(helper=by.person)
    rows = Grant.objects.filter(mine, workspace=by.workspace, revoked_at=None, until__gt=now)
    return rows.select_related("owner", "helper")
