"""Reading the chain, and finding out whether anybody touched it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from breakwater.audit.models import Entry, Head
from breakwater.audit.services import seal


@dataclass(frozen=True)
class Fault:
    """The first place where a chain does not hold. number: of the entry that is wrong."""

    workspace_id: UUID
    number: int
    what: str  # "changed" | "missing" | "head"


def history(subject_id: UUID) -> QuerySet[Entry]:
    """All entries about one thing, oldest first."""
    return Entry.objects.filter(subject_id=subject_id).order_by("number")


def about(subject_ids: Collection[UUID], verb: str) -> QuerySet[Entry]:
    """The entries of one verb about several things."""
    return Entry.objects.filter(subject_id__in=subject_ids, verb=verb).order_by("number")


def entries(workspace_id: UUID, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The latest entries of the workspace, newest first. before: only those with lower numbers."""
    rows = Entry.objects.filter(workspace_id=workspace_id)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])


def verify(workspace_id: UUID) -> Fault | None:
    """None when the workspace's chain holds from its first entry to its head.

    O(entries of the workspace), streamed: the cost of a proof is reading all of it.
    """
    number, before = 0, ""
    entries = Entry.objects.filter(workspace_id=workspace_id).order_by("number")
    for entry in entries.iterator(chunk_size=1000):
        number += 1
        if entry.number != number:
            return Fault(workspace_id, number, "missing")
        if entry.seal != seal(before, entry):
            return Fault(workspace_id, number, "changed")
        before = entry.seal
    head = Head.objects.filter(workspace_id=workspace_id).first()
    if (head.number, head.seal) != (number, before) if head else number:
        return Fault(workspace_id, number + 1, "head")
    return None


def heads() -> dict[UUID, tuple[int, str]]:
    """Where each chain ends: what is exported daily, so that a cut tail shows."""
    return {head.workspace_id: (head.number, head.seal) for head in Head.objects.all()}


def seal_of(workspace_id: UUID, number: int) -> str:
    """The seal of one entry, to compare with a head that was exported; "" when it is not there."""
    entry = Entry.objects.filter(workspace_id=workspace_id, number=number).first()
    return entry.seal if entry else ""
