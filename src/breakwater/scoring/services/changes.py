"""One change at a time of what a workspace scores by, and a new revision after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.core.ids import new_id
from breakwater.scoring.models import Tuning


@contextmanager
def changing(workspace_id: UUID, *, now: datetime) -> Iterator[None]:
    """A transaction that no other change of this workspace's scoring runs beside. What is read in
    it is the present; at its end everybody reads anew."""
    with transaction.atomic():
        Tuning.objects.get_or_create(workspace_id=workspace_id, defaults={"created_at": now})
        row = Tuning.objects.select_for_update().get(workspace_id=workspace_id)
        yield
        row.revision = new_id()
        row.save(update_fields=["revision"])
