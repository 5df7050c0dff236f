"""Who is at a conversation now: each sits until a moment soon, and stays by saying so again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.inbox.models import Draft, Seat
from breakwater.inbox.selectors import thread_of
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

STAYS = timedelta(seconds=25)
"""A little more than two questions of a page (web/inbox_seats.py)."""
TYPED = timedelta(seconds=30)
"""Who typed within it is writing."""


def sit(by: Access, thread_id: UUID, *, now: datetime) -> None:
    """The person is there, and writing if they typed lately. A later end is never made an earlier
    one. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    thread = thread_of(by.workspace.pk, thread_id)
    typed = Draft.objects.filter(thread=thread, person=by.person, saved_at__gt=now - TYPED)
    said = {"writing": typed.exclude(text="").exists(), "until": now + STAYS}
    with transaction.atomic():
        there = Seat.objects.filter(thread=thread, person=by.person)
        if not there.filter(until__lte=now + STAYS).update(**said) and not there.exists():
            row = Seat(thread=thread, person=by.person, **said)
            Seat.objects.bulk_create([row], ignore_conflicts=True)


def leave(by: Access, thread_id: UUID) -> None:
    """The person is gone from there. Raises: Forbidden."""
    checks.may(by, Right.ANSWER)
    Seat.objects.filter(
        thread_id=thread_id, thread__workspace=by.workspace, person=by.person
    ).delete()
