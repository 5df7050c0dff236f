"""The row of what a workspace chose for its inbox, to be changed."""

from datetime import datetime
from uuid import UUID

from breakwater.inbox.models import Setup


def own_setup(workspace_id: UUID, *, now: datetime) -> Setup:
    """The row, made where there is none, and locked. Call it inside the deed's transaction."""
    Setup.objects.get_or_create(workspace_id=workspace_id, defaults={"created_at": now})
    return Setup.objects.select_for_update().get(workspace_id=workspace_id)
