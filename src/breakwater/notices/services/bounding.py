"""How often one sort of news may wake people: what anybody may say as often as they like would else
ring until nobody listens any more."""

from datetime import datetime, timedelta
from uuid import UUID

from breakwater.notices.models import Notice
from breakwater.people.models import Workspace

EVERY = timedelta(minutes=5)
"""By one person."""
HOUR = timedelta(hours=1)
AN_HOUR = 6
"""By all persons of a workspace together."""


def enough(workspace_id: UUID, code: str, whose: UUID, *, now: datetime) -> bool:
    """Whether people were told of this by the same person within EVERY, or AN_HOUR times within the
    hour by anybody of this workspace. Those who ask at once queue here, so that none slips through.

    Call inside the transaction that tells, before anything else of it; tell under `key_for`.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)
    rows = Notice.objects.filter(workspace_id=workspace_id, created_at__gt=now - HOUR)
    lately = rows.filter(created_at__gt=now - EVERY, key__startswith=key_for(code, whose, ""))
    if lately.exists():
        return True
    told = rows.filter(key__startswith=f"{code}:").values("key").distinct().count()
    return told >= AN_HOUR


def key_for(code: str, whose: UUID, thing: object) -> str:
    """Of a notice that counts."""
    return f"{code}:{whose}:{thing}"
