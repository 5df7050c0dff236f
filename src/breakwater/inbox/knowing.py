"""What we know of somebody who wrote to us: plain counts and dates, and no words of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from breakwater.inbox.models import Answer, Contact, Item, Kept, Thread


@dataclass(frozen=True)
class History:
    """talks: conversations; items: messages of theirs; veiled: how many of those were abusive;
    answers: how often we answered; kept: threats of theirs that are kept as evidence."""

    first_at: datetime
    last_at: datetime
    talks: int
    items: int
    veiled: int
    answers: int
    kept: int


def history_of(contact: Contact) -> History:
    """Three queries."""
    theirs = Item.objects.filter(contact=contact)
    return History(
        contact.first_at,
        contact.last_at,
        Thread.objects.filter(contact=contact).count(),
        contact.items,
        contact.veiled,
        Answer.objects.filter(thread__contact=contact, deed="").count(),
        Kept.objects.filter(
            workspace_id=contact.workspace_id, arrival__in=theirs.values("pk")
        ).count(),
    )


def lately_with(contact: Contact, *, limit: int = 10) -> Sequence[Thread]:
    """Their newest conversations with their channels, along an index. One query."""
    rows = Thread.objects.select_related("channel", "assignee", "workspace")
    return list(rows.filter(contact=contact).order_by("-last_at", "-pk")[:limit])
