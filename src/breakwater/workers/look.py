"""Looking, read only: what became of the unknown, and the proof of the accepted."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from breakwater.channels import doors
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.looking import company
from breakwater.delivery.services.outcomes import Result, story
from breakwater.domain import readback
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.resolution import Next, after_look, after_verify
from breakwater.domain.timings import Timings
from breakwater.networks.base import Seen
from breakwater.workers import calls
from breakwater.workers.calls import Ended
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.desk import Desk
from breakwater.workers.ledger import Ledger

log = logging.getLogger(__name__)
_CANDIDATES = 5


@dataclass
class Looker:
    """Resolves and verifies. Nothing here can publish: it only asks and moves rows."""

    desk: Desk
    ledger: Ledger
    timings: Timings
    worker_id: UUID
    watch: ClockWatch | None = None

    def __post_init__(self) -> None:
        self._watch = self.watch or ClockWatch(self.timings)

    async def visit(self, row: Delivery, opened: doors.Opened | None) -> None:
        """One look at one row; its next state or its next look is on the row afterwards."""
        try:
            ended, guarantee = await self._look(row, opened)
        except (DatabaseError, InterfaceError):
            raise  # the lease ends, and the row is looked at again
        except Exception as error:  # it was not seen; patience with that has an end, too
            log.exception("look.broke delivery=%s", row.pk)
            ended, guarantee = _broken(error), Guarantee.NONE
        await self._write(row, ended, guarantee)

    async def _look(self, row: Delivery, opened: doors.Opened | None) -> tuple[Ended, Guarantee]:
        if opened is None:
            return Ended(Outcome.UNREADABLE, "no_credential"), Guarantee.NONE
        async with doors.connector(opened) as connector:
            guarantee = connector.guarantee
            within = self.timings.read_deadline
            if row.state == "unknown":
                ended = await calls.look(connector, row, within)
                if row.kind != "delete" and calls.weak(guarantee):
                    ended = await self._match(row, ended)
            else:
                ended = await calls.verify(connector, row, within)
        return calls.hushed(ended, opened.account.secrets), guarantee

    async def _match(self, row: Delivery, ended: Ended) -> Ended:
        """Own posts of the time in question -> the one that is this delivery's, if any."""
        if ended.outcome is Outcome.UNREADABLE:
            return ended
        others = await self.desk(company, row, [seen.remote_id for seen in ended.seen])
        matches = readback.ours(
            [_candidate(seen) for seen in ended.seen],
            text=row.payload["text"],
            pictures=len(row.payload["pictures"]),
            since=row.first_sent_at or row.due_at,
            explained=others.explained.__contains__,
        )
        ids = {one.remote_id for one in matches}
        outcome = readback.verdict(
            len(matches),
            complete=ended.code != "incomplete",
            contested=readback.contested(matches, others.rivals),
        )
        kept = [seen for seen in ended.seen if seen.remote_id in ids] or list(
            ended.seen[:_CANDIDATES]
        )
        return replace(ended, outcome=outcome, seen=tuple(kept))

    async def _write(self, row: Delivery, ended: Ended, guarantee: Guarantee) -> None:
        moment = await self.desk(self._watch.look)
        if moment.held and ended.outcome is not Outcome.FOUND:
            return  # patience cannot be measured now: its lease ends, and it is looked at again
        now = moment.now
        following = self._next(row, ended.outcome, guarantee, now)
        found = ended.seen[0] if ended.outcome is Outcome.FOUND and ended.seen else None
        await self.ledger.write(
            Result(
                delivery_id=row.pk,
                before=row.state,
                tries=row.tries,
                step="look" if row.state == "unknown" else "verify",
                outcome=ended.outcome,
                next=following,
                at=now,
                worker_id=self.worker_id,
                code=ended.code,
                detail=ended.detail,
                remote_id=found.remote_id if found else _undone(row, ended),
                remote_url=found.url if found else "",
                seen=tuple(calls.plain(seen) for seen in ended.seen[:_CANDIDATES]),
            )
        )

    def _next(self, row: Delivery, outcome: Outcome, guarantee: Guarantee, now: datetime) -> Next:
        decide = after_look if row.state == "unknown" else after_verify
        return decide(outcome, story(row, guarantee), now=now, timings=self.timings)


def _broken(error: Exception) -> Ended:
    return Ended(Outcome.UNREADABLE, "internal", type(error).__name__)


def _candidate(seen: Seen) -> readback.Candidate:
    return readback.Candidate(
        seen.remote_id, seen.text, seen.created_at, len(seen.pictures), seen.spellings
    )


def _undone(row: Delivery, ended: Ended) -> str:
    """A delete that was found done carries the id of what is gone."""
    done = row.kind == "delete" and ended.outcome is Outcome.FOUND
    return str(row.payload["remote_id"]) if done else ""
