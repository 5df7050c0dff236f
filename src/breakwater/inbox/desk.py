"""What a team's pages read besides conversations: labels, notes, views, seats, the set-up."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from breakwater.domain.errors import NotFound
from breakwater.inbox.models import (
    Contact,
    Label,
    Labelled,
    Note,
    SavedView,
    Seat,
    Setup,
    Thread,
)
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access


def setup_of(workspace: Workspace) -> Setup:
    """As it was set up, or as it comes. One query."""
    return setups_of([workspace])[workspace.pk]


def setups_of(workspaces: Collection[Workspace]) -> dict[UUID, Setup]:
    """`setup_of` by workspace, for many. One query."""
    rows = Setup.objects.filter(workspace__in=workspaces)
    found = {row.workspace_id: row for row in rows}
    return {one.pk: found.get(one.pk) or Setup(workspace=one) for one in workspaces}


def labels_of(workspace_id: UUID) -> list[Label]:
    return list(Label.objects.filter(workspace_id=workspace_id).order_by("name", "pk"))


def label_of(workspace_id: UUID, label_id: UUID) -> Label:
    """Raises: NotFound."""
    row = Label.objects.filter(workspace_id=workspace_id, pk=label_id).first()
    if row is None:
        raise NotFound(what="label")
    return row


def labels_on(thread_ids: Collection[UUID]) -> dict[UUID, list[Label]]:
    """Conversation -> its labels by name. One query."""
    rows = Labelled.objects.filter(thread_id__in=thread_ids).select_related("label")
    found: dict[UUID, list[Label]] = {one: [] for one in thread_ids}
    for row in rows.order_by("label__name"):
        if row.thread_id is not None:
            found[row.thread_id].append(row.label)
    return found


def labels_of_person(contact: Contact) -> list[Label]:
    return list(Label.objects.filter(uses__contact=contact).order_by("name"))


def notes_of(about: Thread | Contact) -> list[Note]:
    """The oldest first, with who wrote them. One query."""
    rows = Note.objects.select_related("by").order_by("created_at", "pk")
    if isinstance(about, Thread):
        return list(rows.filter(thread=about))
    return list(rows.filter(contact=about))


def seats_of(by: Access, thread_id: UUID, *, now: datetime) -> list[Seat]:
    """Of colleagues, who are there at this moment. One query."""
    rows = Seat.objects.select_related("person").filter(
        thread_id=thread_id, thread__workspace=by.workspace, until__gt=now
    )
    return list(rows.exclude(person=by.person).order_by("person__name", "pk"))


def views_of(by: Access) -> list[SavedView]:
    """The team's, then their own, each by name. One query."""
    rows = SavedView.objects.filter(workspace=by.workspace)
    mine = rows.filter(Q(person=None) | Q(person=by.person)).order_by("name", "pk")
    return sorted(mine, key=lambda one: one.person_id is not None)
