"""What pages and the API read of a workspace's scoring."""

from uuid import UUID

from django.db.models import QuerySet

from breakwater.scoring.models import Term


def terms_of(workspace_id: UUID) -> QuerySet[Term]:
    """The workspace's words, newest first."""
    rows = Term.objects.filter(workspace_id=workspace_id).select_related("by")
    return rows.order_by("-created_at", "-pk")
