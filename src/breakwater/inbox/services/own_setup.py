"""A workspace's own row of how it works its inbox."""

from datetime import datetime
from uuid import UUID

from breakwater.audit.services import stand_in_line
from breakwater.inbox.models import Setup


def own_setup(workspace_id: UUID, *, now: datetime) -> Setup:
    """Locked until the end of the transaction, made where there is none; and locked before it the
    workspace's chain, as whoever gives out conversations has recorded something by then."""
    stand_in_line([workspace_id])
    rows = Setup.objects.select_for_update()
    return rows.get_or_create(workspace_id=workspace_id, defaults={"created_at": now})[0]
