"""Reading a workspace's guidelines."""

from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from breakwater.domain.errors import NotFound
from breakwater.domain.guidelines import Effect, Kind, Rule
from breakwater.guidelines.models import Guideline


def guidelines_of(workspace_id: UUID) -> QuerySet[Guideline]:
    """All of them, the newest first."""
    rows = Guideline.objects.filter(workspace_id=workspace_id).select_related("by")
    return rows.order_by("-created_at", "-pk")


def guideline_of(workspace_id: UUID, guideline_id: UUID) -> Guideline:
    """Raises: NotFound, also for another workspace's."""
    row = guidelines_of(workspace_id).filter(pk=guideline_id).first()
    if row is None:
        raise NotFound(what="guideline")
    return row


def rule_of(row: Guideline) -> Rule:
    return Rule(
        row.pk, Kind(row.kind), row.value, Effect(row.effect), row.clause, row.since, row.until
    )


def rules_on(workspace_ids: Iterable[UUID]) -> dict[UUID, tuple[ZoneInfo, list[Rule]]]:
    """Workspace -> its wall's time zone and what is on there, the oldest first; of those that have
    any. One query."""
    rows = Guideline.objects.filter(workspace_id__in=set(workspace_ids), on=True)
    found: dict[UUID, tuple[ZoneInfo, list[Rule]]] = {}
    for row in rows.select_related("workspace").order_by("created_at", "pk"):
        zone = ZoneInfo(row.workspace.zone)
        found.setdefault(row.workspace_id, (zone, []))[1].append(rule_of(row))
    return found
