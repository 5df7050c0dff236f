"""What the page of a conversation is made from, read once for all that stands on it."""

from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from breakwater.inbox.answers import around, proposals_of
from breakwater.inbox.deeds import by_item, done_to
from breakwater.inbox.models import Item
from breakwater.inbox.selectors import talk_at
from breakwater.people.selectors import Access
from breakwater.web.inbox_panels import Sight
from breakwater.wellbeing.selectors import shield_of


def look(access: Access, thread_id: UUID, now: datetime) -> Sight:
    """A whole conversation. Four queries, and one where an answer waited for a yes. Raises: NotFound."""
    talk = talk_at(access.workspace.pk, thread_id)
    prefetch_related_objects([talk.thread.channel], "trials")
    theirs = [one for one in talk.items if not one.own]
    rows = around(talk.thread, theirs)
    return Sight(
        access, talk.thread, talk.items, shield_of(access.person, access.workspace.pk), now,
        answers=[one for one in rows if one.thread_id == talk.thread.pk],
        proposals=proposals_of(talk.thread.pk) if talk.proposed else [],
        done=by_item(theirs, rows), approval=talk.approval, country=talk.country,
    )  # fmt: skip


def look_at(access: Access, item: Item, now: datetime) -> Sight:
    """One message alone. Two queries."""
    shield = shield_of(access.person, access.workspace.pk)
    return Sight(access, item.thread, [item], shield, now, done=done_to([item]))
