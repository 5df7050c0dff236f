"""Filters to come back to: a person's own, or the whole team's."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.text import storable
from breakwater.inbox.models import SavedView
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LONGEST_QUERY = 500


def save_view(by: Access, name: str, query: str, *, team: bool, now: datetime) -> SavedView:
    """The view; one of theirs (or of the team's) with that name shows this from now on.

    query: as in the address of the list. Raises: Forbidden (a team's, for those who may not
    answer); Invalid("view_without_name", "name_too_long").
    """
    checks.may(by, Right.ANSWER if team else Right.SEE)
    if not name.strip():
        raise Invalid(code="view_without_name", field="name")
    said = checks.name(storable(name))
    if len(query) > LONGEST_QUERY:
        raise Invalid(code="name_too_long", field="query", limit=LONGEST_QUERY)
    person = None if team else by.person
    with transaction.atomic():
        rows = SavedView.objects.select_for_update().filter(workspace=by.workspace, person=person)
        there = rows.filter(name=said).first()
        if there is None:
            return SavedView.objects.create(
                workspace=by.workspace, person=person, name=said, query=query, created_at=now
            )
        there.query = query
        there.save(update_fields=["query"])
    return there


def remove_view(by: Access, view_id: UUID) -> None:
    """It is no more. Raises: NotFound, for another person's own as well; Forbidden for a team's, to
    those who may not answer."""
    row = SavedView.objects.filter(workspace=by.workspace, pk=view_id).first()
    if row is None or row.person_id not in (None, by.person.pk):
        raise NotFound(what="view")
    if row.person_id is None:
        checks.may(by, Right.ANSWER)
    SavedView.objects.filter(pk=row.pk).delete()
