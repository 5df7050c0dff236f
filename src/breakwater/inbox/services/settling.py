"""An answered conversation: what was answered waits no longer, and what came meanwhile does."""

from datetime import datetime
from uuid import UUID

from breakwater.audit.services import move
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.services.rollup import roll_up


def locked(workspace_id: UUID, thread_id: UUID) -> Thread | None:
    """The conversation with its channel, until the end of the transaction; None where there is none.
    Locked before its messages, as everywhere."""
    rows = Thread.objects.select_for_update(of=("self",)).select_related("channel")
    return rows.filter(workspace_id=workspace_id, pk=thread_id).first()


def settle(thread: Thread, *, upto: int, by: UUID, now: datetime) -> None:
    """What the answering page showed (messages up to the id `upto`) is closed, and where nothing else
    waits, the conversation is done by this person. Call inside the deed's transaction, the
    conversation locked."""
    theirs = Item.objects.filter(thread=thread, own=False, closed=False)
    theirs.filter(pk__lte=upto).update(closed=True)
    if not theirs.filter(gone=False).exists():
        if thread.answered_at is None:
            Thread.objects.filter(pk=thread.pk).update(answered_at=now)
        if thread.state != "done":
            move(thread, THREAD, "done", by=by, now=now, why={"because": "answered"})
    roll_up([thread.pk], now=now)
