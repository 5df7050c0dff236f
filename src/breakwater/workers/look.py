"""Looking, read only: what became of the unknown, and the proof of the accepted."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from breakwater.channels import doors
from breakwater.channels.services import mark_reconnect
from breakwater.delivery.likeness import alike
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.looking import Company, company
from breakwater.delivery.services.outcomes import Result, story
from breakwater.domain import readback
from breakwater.domain.errors import NetworkError, Reconnect
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import DELETE
from breakwater.domain.likeness import Likeness
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
            if opened and ended.code == Reconnect.code:
                ended, guarantee = await self._look(row, await self._renewed(opened))
        except NetworkError as error:  # the sign-in has run out, and was not renewed
            ended, guarantee = Ended(Outcome.UNREADABLE, error.code, error.detail), Guarantee.NONE
        except (DatabaseError, InterfaceError):
            raise  # the lease ends, and the row is looked at again
        except Exception as error:  # it was not seen; patience with that has an end, too
            log.exception("look.broke delivery=%s", row.pk)
            ended, guarantee = _broken(error), Guarantee.NONE
        await self._write(row, ended, guarantee)

    async def _renewed(self, opened: doors.Opened) -> doors.Opened:
        """With fresh secrets. Where there are none any more the channel waits for a person, who
        hears of it although nothing may be leaving."""
        try:
            return await doors.refresh(opened, patience=doors.BRIEFLY)
        except Reconnect:
            await self.desk(_shut, opened, self._watch)
            raise

    async def _look(self, row: Delivery, opened: doors.Opened | None) -> tuple[Ended, Guarantee]:
        if opened is None:
            return Ended(Outcome.UNREADABLE, "no_credential"), Guarantee.NONE
        async with doors.connector(opened) as connector:
            guarantee = calls.guards(connector, row)
            within = self.timings.read_deadline
            if row.state == "unknown":
                ended = await calls.look(connector, row, within)
                if not ended.exact:
                    ended = await self._match(row, ended, opened)
            else:
                ended = await calls.verify(connector, row, within)
        return calls.hushed(ended, opened.secrets), guarantee

    async def _match(self, row: Delivery, ended: Ended, opened: doors.Opened) -> Ended:
        """Own posts of the time in question -> the one that is this delivery's, if any."""
        others = await self.desk(company, row, [seen.remote_id for seen in ended.seen])
        candidates = [_candidate(seen) for seen in ended.seen]
        since = row.first_sent_at or row.due_at
        known = others.explained.__contains__
        matches = readback.ours(
            candidates,
            text=row.payload["text"],
            media=len(row.payload["media"]),
            since=since,
            explained=known,
        )
        if not matches:
            return _by_its_words(row, ended, candidates, others)
        ids = {one.remote_id for one in matches}
        outcome, kept = readback.weighed(
            matches,
            await _likeness(row, opened, [seen for seen in ended.seen if seen.remote_id in ids]),
            rivals=others.rivals,
            lookalikes=others.lookalikes,
            complete=_complete(ended),
        )
        return _chosen(ended, kept, outcome)

    async def _write(self, row: Delivery, ended: Ended, guarantee: Guarantee) -> None:
        moment = await self.desk(self._watch.look)
        if moment.held and ended.outcome is not Outcome.FOUND:
            return  # patience cannot be measured now: its lease ends, and it is looked at again
        now = moment.now
        following = self._next(row, ended, guarantee, now)
        found = _its_own(row, ended)
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

    def _next(self, row: Delivery, ended: Ended, guarantee: Guarantee, now: datetime) -> Next:
        known, timings = story(row, guarantee), self.timings
        if row.state != "unknown":
            return after_verify(ended.outcome, known, now=now, timings=timings)
        return after_look(ended.outcome, known, now=now, timings=timings, exact=ended.exact)


def _shut(opened: doors.Opened, watch: ClockWatch) -> None:
    mark_reconnect(opened.channel_id, now=watch.now(), version=opened.version)


def _broken(error: Exception) -> Ended:
    return Ended(Outcome.UNREADABLE, "internal", type(error).__name__)


async def _likeness(
    row: Delivery, opened: doors.Opened, matches: list[Seen]
) -> dict[str, Likeness]:
    """Of the first few: whether their pictures look like ours."""
    pictures = row.payload["media"]
    return {seen.remote_id: await alike(opened, pictures, seen) for seen in matches[:_CANDIDATES]}


def _by_its_words(
    row: Delivery, ended: Ended, candidates: Sequence[readback.Candidate], others: Company
) -> Ended:
    """Without an equal text: one link of its own finds it, and where another post nearly says
    what this one says a person compares before anything is sent again."""
    since, known = row.first_sent_at or row.due_at, others.explained.__contains__
    kept = readback.marked(candidates, markers=others.markers, since=since, explained=known)
    if kept:
        return _chosen(ended, kept)
    alike = readback.rewritten(
        candidates,
        text=row.payload["text"],
        since=since,
        explained=known,
        others=others.texts,
    )
    return _chosen(ended, alike, Outcome.SEVERAL if alike else None)


def _complete(ended: Ended) -> bool:
    return ended.code != "incomplete"


def _chosen(
    ended: Ended, kept: Sequence[readback.Candidate], outcome: Outcome | None = None
) -> Ended:
    """With what was kept, for the person who may be asked; without any, the newest few."""
    ids = {one.remote_id for one in kept}
    seen = [one for one in ended.seen if one.remote_id in ids] or list(ended.seen[:_CANDIDATES])
    said = outcome or readback.verdict(len(kept), complete=_complete(ended))
    return replace(ended, outcome=said, seen=tuple(seen))


def _candidate(seen: Seen) -> readback.Candidate:
    return readback.Candidate(
        seen.remote_id, seen.text, seen.created_at, len(seen.media), seen.spellings
    )


def _its_own(row: Delivery, ended: Ended) -> Seen | None:
    """The post that is this delivery's for certain, under the id that the network knows it by now:
    what a look found, and what a read-back gave, even in other words."""
    own = ended.outcome is Outcome.FOUND
    own |= row.state == "accepted" and ended.outcome is Outcome.ALTERED
    return ended.seen[0] if own and ended.seen else None


def _undone(row: Delivery, ended: Ended) -> str:
    """A delete that was found done carries the id of what is gone."""
    done = row.kind == DELETE and ended.outcome is Outcome.FOUND
    return str(row.payload["remote_id"]) if done else ""
