"""The inbox loop's second duty: what came in unscored is scored, what waited for an opinion anew."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError

from breakwater.inbox.models import Item
from breakwater.inbox.services import judging, rejudging
from breakwater.inbox.services.judging import Judged

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=10)
_LATE = timedelta(seconds=60)
"""How long after its moment an answer may be committed."""
Judge = Callable[[Sequence[Item], datetime], Judged]


def judged(items: Sequence[Item], now: datetime) -> Judged:
    return judging.judge([item.arrival for item in items], now=now)


class Rejudge:
    """Small batches, seldom, used in the loop's database thread. Two at once do no harm."""

    def __init__(self, judge: Judge = judged) -> None:
        self._judge = judge
        self._next_at: datetime | None = None
        self._answers_to: datetime | None = None

    def look(self, *, now: datetime) -> int:
        """How many messages were judged; 0 where it is not time yet, or the scorer is down."""
        if self._next_at is not None and now < self._next_at:
            return 0
        self._next_at = now + EVERY
        items = rejudging.unscored()
        done = (self._one_by_one(items, now) or 0) if items else 0
        if len(items) == rejudging.AT_ONCE and done:
            self._next_at = now
        return done + self._answered(now)

    def _one_by_one(self, items: Sequence[Item], now: datetime) -> int | None:
        """All together; where the scorer breaks, each by itself, so that one that it breaks at does
        not keep the others from being judged. None where it breaks at each: it is down."""
        all_of_them = self._tried(items, now)
        if all_of_them is not None:
            return rejudging.store(items, all_of_them, now=now)
        broke, done = [], 0
        for item in items:
            said = self._tried([item], now)
            if said is None:
                broke.append(item)
            else:
                done += rejudging.store([item], said, now=now)
        if len(broke) == len(items):
            return None
        for item in broke:
            rejudging.give_up(item)
        return done

    def _answered(self, now: datetime) -> int:
        """Nothing is read where no second opinion came since the last look."""
        since = self._answers_to - _LATE if self._answers_to else None
        if not rejudging.answered_since(since):
            self._answers_to = now
            return 0
        done, after = 0, 0
        while items := rejudging.asked(after=after):
            judged_now = self._one_by_one(items, now)
            if judged_now is None:
                return done
            done += judged_now
            after = items[-1].pk
        self._answers_to = now
        return done

    def _tried(self, items: Sequence[Item], now: datetime) -> Judged | None:
        try:
            return self._judge(items, now)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("inbox.scorer_broke messages=%s", len(items))
            return None
