"""Is everything all right? What is late, unknown, stuck or held in a workspace, and why.

Read only; few queries, however many rows there are. core/troubles.py has the sentences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import OuterRef, Subquery

from breakwater.channels.bills import next_month, reached_caps, used_up
from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health, health, networks
from breakwater.channels.selectors import channels as every_channel
from breakwater.delivery import troubled
from breakwater.delivery.lifecycle import WAITING
from breakwater.delivery.machine import LEAST_FREE_BYTES, Machine, machine
from breakwater.delivery.models import Delivery, Hold, Reconciliation
from breakwater.delivery.selectors import last_reconciled
from breakwater.delivery.services import circuits
from breakwater.delivery.services.circuits import Standing
from breakwater.delivery.troubled import Group
from breakwater.domain.errors import NotFound
from breakwater.notices.selectors import Mails, mails
from breakwater.people.models import Person

SHOWN = 20
"""Holds, and channels in trouble, at most."""
_ASIDE = "aside:"
_CHECKED_EVERY = timedelta(hours=6)


class Level(StrEnum):
    """care: Breakwater takes care of it. person: somebody has to. unknown: it cannot be told."""

    CARE = "care"
    PERSON = "person"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    ALL_RIGHT = "all_right"
    TAKING_CARE = "taking_care"
    NEEDS_YOU = "needs_you"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Row:
    """A delivery of a trouble. why: the code of its reason (core.reasons). until: when it is
    tried or looked for next; None when that depends on something else."""

    delivery: Delivery
    since: datetime
    why: str
    until: datetime | None


@dataclass(frozen=True)
class Trouble:
    """code: of core.troubles, whose sentences name `data`. count: how many things it is; none
    when another trouble counts them. since: None when it is not known. until: when Breakwater
    tries or looks again by itself. subject: the id of the hold or channel that it is about.
    more: of its deliveries, those not in `rows`."""

    code: str
    level: Level
    count: int = 1
    since: datetime | None = None
    until: datetime | None = None
    subject: UUID | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Compared:
    """A channel, and how its account was last held against the ledger; None: never."""

    channel: Channel
    last: Reconciliation | None


@dataclass(frozen=True)
class Answer:
    """deliveries, holds, channels, machine: their troubles, the worst first; at most 20 holds and
    20 of channels (`more`: how many besides). compared: every connected channel."""

    at: datetime
    deliveries: tuple[Trouble, ...]
    holds: tuple[Trouble, ...]
    channels: tuple[Trouble, ...]
    machine: tuple[Trouble, ...]
    compared: tuple[Compared, ...]
    facts: Machine
    more_holds: int = 0
    more_channels: int = 0

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return (*self.machine, *self.holds, *self.channels, *self.deliveries)

    def things(self, level: Level) -> int:
        """How many things are on this level, those not shown too."""
        more = self.more_holds + self.more_channels if level is Level.PERSON else 0
        return sum(one.count for one in self.troubles if one.level is level) + more

    @property
    def verdict(self) -> Verdict:
        if self.things(Level.PERSON):
            return Verdict.NEEDS_YOU
        if self.things(Level.UNKNOWN):
            return Verdict.CANNOT_TELL
        return Verdict.TAKING_CARE if self.things(Level.CARE) else Verdict.ALL_RIGHT


def all_right(workspace_id: UUID, now: datetime) -> Answer:
    """The answer for a workspace, and the machine that it is on. Twelve queries at most."""
    stand = circuits.standing(now)
    facts = machine(now)
    everyone = list(every_channel(workspace_id))
    rows = [one for one in everyone if one.state != "disconnected"]
    holds = list(_holds(workspace_id))
    last = last_reconciled(workspace_id)
    shut = {*stand.opened, *stand.quiet}
    found = troubled.groups(workspace_id, channels=everyone, shut=shut, now=now)
    channels = [
        *_of_networks(rows, stand), *_of_money(workspace_id, rows, now), *_of_channels(rows, last, now),
    ]  # fmt: skip
    return Answer(
        at=now,
        deliveries=tuple(_of_deliveries(found, _Causes(stand, facts, now), held=bool(holds))),
        holds=tuple(_of_hold(one, everyone) for one in holds[:SHOWN]),
        channels=tuple(channels[:SHOWN]),
        machine=tuple(_worst([*_of_machine(facts), *_of_mails(mails(workspace_id, now))])),
        compared=tuple(Compared(one, last.get(one.pk)) for one in rows),
        facts=facts,
        more_holds=max(0, len(holds) - SHOWN),
        more_channels=max(0, len(channels) - SHOWN),
    )


def open_hold(workspace_id: UUID, hold_id: UUID) -> tuple[Hold, Trouble]:
    """The open hold, and what is said of it. Raises: NotFound for none, for a released one and
    for another workspace's alike."""
    found = next((one for one in _holds(workspace_id) if one.pk == hold_id), None)
    if found is None:
        raise NotFound(what="hold")
    return found, _of_hold(found, list(every_channel(workspace_id)))


@dataclass(frozen=True)
class _Causes:
    """Why something due is not out."""

    stand: Standing
    facts: Machine
    now: datetime

    @property
    def idle(self) -> bool:
        """Nothing moves here before the machine is put right."""
        return not self.facts.workers or bool(self.facts.clocks)

    def of(self, row: Delivery, sort: str) -> str:
        """The code of the reason; "" when there is none to see."""
        if not self.facts.workers:
            return "no_worker"
        if self.facts.clocks:
            return "clock"
        if row.channel.state != "connected":
            return "reconnect"
        until = row.channel.quiet_until
        if until is not None and until > self.now:
            return "throttled"
        known = self.stand.stops(row, row.channel.origin) or row.reason
        return known or ("turn" if sort == "late" and row.state in WAITING else "")

    def until(self, row: Delivery) -> datetime | None:
        moments = [row.not_before, row.channel.quiet_until]
        coming = [one for one in moments if one is not None and one > self.now]
        return max(coming, default=None)


_BY_ITSELF = ("late", "unknown")


def _of_deliveries(found: Mapping[str, Group], causes: _Causes, *, held: bool) -> Iterator[Trouble]:
    for sort, group in found.items():
        moving = sort in ("late", "stuck")
        rows = tuple(
            Row(
                delivery=row,
                since=troubled.since(row, sort),
                why=causes.of(row, sort) if moving else row.reason,
                until=causes.until(row) if sort in ("late", "unknown") else None,
            )
            for row in group.rows
        )
        yield Trouble(
            code=f"delivery_{sort}",
            level=Level.CARE if sort in _BY_ITSELF and not causes.idle else Level.PERSON,
            count=0 if _counted(sort, held=held, idle=causes.idle) else group.count,
            since=group.since,
            until=min((row.until for row in rows if row.until), default=None),
            data={"n": group.count},
            rows=rows,
            more=group.count - len(rows),
        )


def _counted(sort: str, *, held: bool, idle: bool) -> bool:
    """Whether the hold, or the machine at which nothing moves, is the one thing to see to."""
    return (sort == "behind" and held) or (sort in ("late", "stuck", "unknown") and idle)


def _holds(workspace_id: UUID) -> Iterator[Hold]:
    """Those that are open, the oldest first, each with `by_name`: whose it is, or None. Of a pause,
    one for all that it holds; of what it kept back beyond its end, only once it has ended."""
    names = Person.objects.filter(pk=OuterRef("by_id")).values("name")[:1]
    rows = Hold.objects.filter(workspace_id=workspace_id, released_at=None)
    seen: set[UUID | None] = set()
    found = rows.annotate(by_name=Subquery(names)).order_by("created_at", "pk")
    for row in sorted(found, key=lambda one: one.tag.startswith(_ASIDE)):
        if row.of is None or row.of not in seen:
            yield row
        seen.add(row.of)


def _of_hold(hold: Hold, channels: list[Channel]) -> Trouble:
    cause = hold.cause or "pause"
    sort, _, name = hold.tag.partition(":")
    if hold.of is not None and sort != "aside":
        sort = "workspace"
    if sort == "channel":
        name = next((str(one) for one in channels if str(one.pk) == name), "…")
    return Trouble(
        code=f"hold_{cause}",
        level=Level.PERSON,
        since=hold.created_at,
        subject=hold.pk,
        data={
            "why": hold.why,
            "who": getattr(hold, "by_name", None) or "",
            "scope": sort,
            "name": name,
            "until": hold.known_until,
            "pause": str(hold.of or ""),
        },
    )


def _of_networks(channels: list[Channel], stand: Standing) -> Iterator[Trouble]:
    """Networks of ours that nothing leaves for, each once."""
    for origin in sorted({one.origin for one in channels}):
        data = {"network": urlsplit(origin).hostname or origin}
        if shut := stand.opened.get(origin):
            yield Trouble(
                code="circuit_open", level=Level.CARE, since=shut.opened_at, until=shut.probe_at,
                data=data,
            )  # fmt: skip
        elif until := stand.quiet.get(origin):
            yield Trouble(code="network_quiet", level=Level.CARE, until=until, data=data)


def _of_channels(
    channels: list[Channel], last: Mapping[UUID, Reconciliation], now: datetime
) -> list[Trouble]:
    known = networks()
    found: list[Trouble] = list(_of_budgets(channels, now))
    for one in channels:
        data = {"channel": str(one)}
        how = _health(one, now)
        if one.network not in known:
            found.append(Trouble("network_gone", Level.PERSON, subject=one.pk, data=data))
        if how is Health.RECONNECT:
            found.append(
                Trouble("reconnect", Level.PERSON, since=one.state_at, subject=one.pk, data=data)
            )
        elif how is Health.EXPIRING:
            found.append(
                Trouble(
                    "expiring", Level.PERSON, until=one.credential.expires_at, subject=one.pk,
                    data=data,
                )
            )  # fmt: skip
        elif how is Health.TROUBLE:
            again = one.checked_at + _CHECKED_EVERY if one.checked_at else None
            found.append(
                Trouble(
                    "channel_trouble", Level.CARE, since=one.checked_at, until=again,
                    subject=one.pk, data=data,
                )
            )  # fmt: skip
        if one.quiet_until is not None and one.quiet_until > now:
            found.append(
                Trouble(
                    "channel_quiet", Level.CARE, until=one.quiet_until, subject=one.pk, data=data
                )
            )
        row = last.get(one.pk)
        if row is not None and row.left_open:
            found.append(
                Trouble(
                    "found_open", Level.PERSON, since=row.created_at, subject=one.pk,
                    data={**data, "n": row.left_open},
                )
            )  # fmt: skip
    return _worst(found)


def _of_money(workspace_id: UUID, channels: list[Channel], now: datetime) -> Iterator[Trouble]:
    """Caps that hold calls back."""
    for bill in reached_caps(workspace_id, {one.network for one in channels}, now=now):
        data = {"network": bill.manifest.name, "spent_micros": bill.micros, "cap_micros": bill.cap}
        yield Trouble("cap_reached", Level.CARE, until=next_month(now), data=data)


def _of_budgets(channels: list[Channel], now: datetime) -> Iterator[Trouble]:
    """What a network allows in a while and is used up: calls that need it wait."""
    for channel, left in used_up(channels, now=now):
        data = {
            "channel": str(channel), "network": channel.network, "budget": left.budget.name,
            "units": left.budget.units, "scope": "app" if left.budget.whole_app else "",
        }  # fmt: skip
        yield Trouble("budget_used", Level.CARE, until=left.until, subject=channel.pk, data=data)


def _health(channel: Channel, now: datetime) -> Health:
    """Even where its sign-in is gone from the database: this answer falls over nothing."""
    return health(channel, now) if hasattr(channel, "credential") else Health.RECONNECT


def _of_machine(facts: Machine) -> Iterator[Trouble]:
    if not facts.workers:
        yield Trouble("no_worker", Level.PERSON, since=facts.seen_at)
    for one in facts.clocks:
        yield Trouble(
            f"clock_{one.reason}", Level.PERSON, since=one.held_since, data={"host": one.host}
        )
    if facts.free_bytes is None:
        yield Trouble("disk_unknown", Level.UNKNOWN)
    elif facts.free_bytes < LEAST_FREE_BYTES:
        room = {"free": facts.free_bytes // 1_000_000}
        yield Trouble("disk_low", Level.PERSON, data=room)
    if facts.refused:
        yield Trouble("spool_refused", Level.PERSON, data={"n": facts.refused})
    if facts.spooled:
        yield Trouble(
            "spool_waiting", Level.CARE, since=facts.spooled_at, data={"n": facts.spooled}
        )


def _of_mails(outbox: Mails) -> Iterator[Trouble]:
    if outbox.failed:
        yield Trouble(
            "mail_failed", Level.PERSON, since=outbox.failed_at, data={"n": outbox.failed}
        )
    if outbox.waiting:
        yield Trouble(
            "mail_waiting", Level.CARE, since=outbox.waiting_at, until=outbox.next_at,
            data={"n": outbox.waiting},
        )  # fmt: skip


def _worst(found: list[Trouble]) -> list[Trouble]:
    """What needs a person first, in the order found."""
    return sorted(found, key=lambda one: one.level is not Level.PERSON)
