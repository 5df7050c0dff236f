"""When a token was used last: good to know, and never a reason to refuse what was asked."""

import logging
from datetime import datetime, timedelta
from threading import Lock

from django.db import DatabaseError, transaction

from breakwater.core.outages import outage
from breakwater.people.models import ApiToken

NOTED_EVERY = timedelta(minutes=1)
"""A write per call would be one too many."""

log = logging.getLogger(__name__)


class Unnoted:
    """How many uses in a row could not be written, in this process: logged once, and counted."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.count = 0

    def one_more(self, code: str) -> None:
        with self._lock:
            self.count += 1
            first = self.count == 1
        if first:
            log.warning("people.use_not_noted code=%s", code)

    def none_any_more(self) -> None:
        with self._lock:
            before, self.count = self.count, 0
        if before:
            log.warning("people.use_noted_again missed=%d", before)


unnoted = Unnoted()


def note_use(token: ApiToken, now: datetime) -> None:
    """The token's row says that it was used, to the minute; or, while the database takes no
    writes (a full disk, another that writes for too long), nothing does and the call goes on.
    """
    if token.last_used_at is not None and now - token.last_used_at < NOTED_EVERY:
        return
    try:
        with transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    except DatabaseError as error:
        passing = outage(error)
        if passing is None:
            raise
        unnoted.one_more(passing.code)
    else:
        unnoted.none_any_more()
