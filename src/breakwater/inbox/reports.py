"""Reading the reports to networks: those that wait for something, and those that are over."""

from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.inbox.deeds import NEVER_WAS
from breakwater.inbox.models import Reported

_WAITS = Q(outcome__in=("", "appealed"))
PAGE = 50


def open_reports(workspace_id: UUID, *, limit: int = PAGE) -> list[Reported]:
    """The oldest first. Those that never left are none. One query."""
    rows = _rows(workspace_id).filter(_WAITS).exclude(answer__delivery__state__in=NEVER_WAS)
    return list(rows.order_by("created_at", "pk")[:limit])


def closed_reports(workspace_id: UUID, *, limit: int = PAGE) -> list[Reported]:
    """The latest first. One query."""
    rows = _rows(workspace_id).exclude(_WAITS)
    return list(rows.order_by("-outcome_at", "-pk")[:limit])


def _rows(workspace_id: UUID) -> QuerySet[Reported]:
    rows = Reported.objects.filter(workspace_id=workspace_id)
    return rows.select_related(
        "answer__delivery__channel", "answer__by", "item__contact", "item__thread"
    )
