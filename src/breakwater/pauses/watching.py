"""Reading the watch: signals and feeds."""

from collections.abc import Collection
from uuid import UUID

from breakwater.pauses.models import Feed, Signal

LATEST = 50


def signals_of(workspace_id: UUID, limit: int = LATEST) -> list[Signal]:
    """The newest first."""
    rows = Signal.objects.filter(workspace_id=workspace_id).select_related("by", "pause")
    return list(rows.order_by("-created_at", "-pk")[:limit])


def open_signals(workspace_ids: Collection[UUID]) -> list[Signal]:
    """With their workspaces, the newest first, as many as one page shows. One query."""
    rows = Signal.objects.filter(workspace_id__in=workspace_ids, state="open")
    return list(rows.select_related("workspace").order_by("-created_at", "-pk")[:LATEST])


def feeds_of(workspace_id: UUID) -> list[Feed]:
    return list(Feed.objects.filter(workspace_id=workspace_id).order_by("name", "pk"))
