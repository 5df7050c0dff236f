"""A person in danger: somebody looks after them, or says that nobody is. People's deeds alone."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import StaleState
from breakwater.inbox.models import Draft, Item
from breakwater.inbox.selectors import item_of, thread_of
from breakwater.inbox.services.assigning import give
from breakwater.inbox.services.judging import say_danger
from breakwater.inbox.services.locking import lock_talks_of
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.turns import wait_for_intake
from breakwater.inbox.services.working import locked_one
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def look_after(by: Access, thread_id: UUID, *, now: datetime) -> None:
    """The conversation is this person's, whoever's it was: somebody has to be there.
    Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        thread = locked_one(by, thread_id)
        if thread.assignee_id != by.person.pk:
            give([thread], by.person.pk, "thread.assigned", by=by.person.pk, now=now)


def no_danger(by: Access, item_id: int, *, now: datetime) -> None:
    """Nobody is in danger there, as this person says: the message is what else it asks for.

    Other words of its author are looked at anew. Raises: Forbidden; NotFound; StaleState("no_danger")
    when it says so already.
    """
    _say(by, item_id, danger=False, now=now)


def in_danger(by: Access, item_id: int, *, now: datetime) -> None:
    """Somebody is in danger there, which nothing but this person saw: those on duty are told.
    Raises: Forbidden; NotFound; StaleState("in_danger") when it says so already."""
    _say(by, item_id, danger=True, now=now)


def begin_draft(by: Access, thread_id: UUID, text: str, *, now: datetime) -> bool:
    """The text is the person's own draft there, to be changed before they send it; nothing is sent.
    False, and nothing is done, where they have typed something already. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    thread = thread_of(by.workspace.pk, thread_id)
    with transaction.atomic():
        draft, made = Draft.objects.select_for_update().get_or_create(
            thread=thread, person=by.person,
            defaults={"text": text, "saved_at": now, "created_at": now},
        )  # fmt: skip
        if made:
            return True
        if draft.text.strip():
            return False
        draft.text, draft.saved_at = text, now
        draft.save(update_fields=["text", "saved_at"])
    return True


def _say(by: Access, item_id: int, *, danger: bool, now: datetime) -> None:
    checks.may(by, Right.ANSWER)
    item_of(by.workspace.pk, item_id)
    with transaction.atomic():
        wait_for_intake()
        lock_talks_of([item_id])
        item = Item.objects.select_related("arrival").get(pk=item_id)
        if item.own or item.danger is danger:
            raise StaleState(code="in_danger" if danger else "no_danger")
        said = item.arrival
        say_danger(item, danger=danger, text=said.text, rating=said.rating)
        if danger:
            item.closed = False
        item.save(update_fields=["danger", "danger_said", "category", "closed"])
        verb = "danger.said" if danger else "danger.denied"
        _tell(by, verb, item.thread_id, {"item": item.pk}, now)
        roll_up([item.thread_id], now=now)


def _tell(
    by: Access, verb: str, thread_id: UUID, data: Mapping[str, object], now: datetime
) -> None:
    record([Fact(by.workspace.pk, verb, "thread", thread_id, data)], by=by.person.pk, now=now)
