"""The order in which rows are locked, so that no two deeds wait for one another (ADR 12)."""

from collections.abc import Iterable
from uuid import UUID

from breakwater.inbox.models import Item, Thread


def lock_talks(thread_ids: Iterable[UUID]) -> list[Thread]:
    """These conversations are this transaction's until its end: all at once, before anything of theirs.
    One query."""
    rows = Thread.objects.select_for_update().filter(pk__in=set(thread_ids))
    return list(rows.order_by("pk"))


def lock_talks_of(item_ids: Iterable[int]) -> list[Thread]:
    """Those of these messages. Unless the intake waits (`turns.wait_for_intake`), a message may have
    become part of another conversation meanwhile, which is not locked then: ask for it again."""
    rows = Item.objects.filter(pk__in=list(item_ids))
    return lock_talks(rows.values_list("thread_id", flat=True))
