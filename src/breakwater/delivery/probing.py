"""A probe: which lines of a network's manifest hold on one account, found by trying.

What is published for it passes the same wall as a delivery: while anything is held in the
workspace, nothing of it leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from asgiref.sync import async_to_sync

from breakwater.channels import selectors
from breakwater.channels.doors import Opened, connector, unlock
from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health, Outcome
from breakwater.channels.services import acheck_channel, keep_trials, redacted
from breakwater.core.database import in_database
from breakwater.core.ids import new_id
from breakwater.delivery.selectors import open_holds
from breakwater.delivery.services.clocks import check
from breakwater.delivery.trying import SOURCES, Tries, read_only, take_back
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.tid import tid
from breakwater.networks.base import Answer, Can, Manifest, Parcel

WRITING = (Can.PUBLISH, Can.EDIT, Can.DELETE, Can.LIKE, Can.FIRST_COMMENT, Can.THREAD)
_POLLED = frozenset(SOURCES.values())
_ALONE = frozenset({Can.TIMELINE, Can.READ_BACK, Can.FOLLOWING, Can.INSIGHTS, Can.PROFILE})
_READING = _ALONE | _POLLED


class Verdict(StrEnum):
    """What a probe says of one line of the manifest."""

    HOLDS = "holds"
    FALSE = "does not hold"
    NOT_HERE = "not on this account"  # the manifest left it open, and the network said no
    UNCLEAR = "not known"
    UNTRIED = "not tried"


class Skipped(StrEnum):
    """Why an ability was not tried."""

    NO = "no"  # the manifest says no
    NOT_GRANTED = "not_granted"
    NEEDS_WRITE = "needs_write"
    NOTHING_THERE = "nothing_there"
    NEEDS_OTHERS = "needs_others"


@dataclass(frozen=True)
class Line:
    """One ability. detail: the network's own word, or why it was not tried."""

    can: Can
    answer: Answer
    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """What one probe found. left: test posts that are still there. choices: as `Tries`."""

    channel: Channel
    at: datetime
    wrote: bool
    lines: tuple[Line, ...]
    choices: Mapping[str, str]
    left: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """No line of the manifest was found to be false, and nothing was left behind."""
        return not self.left and all(one.verdict is not Verdict.FALSE for one in self.lines)


async def aprobe(
    *,
    workspace_id: UUID,
    channel_id: UUID,
    now: datetime,
    write: bool = False,
    public: bool = False,
    paid: bool = False,
    by: UUID | None = None,
) -> Report:
    """The report, which the channel's page shows from now on.

    write: a marked post is published and deleted again, hidden from others where the network can;
    where it cannot, only with `public`. paid: calls that cost money may be made.
    Raises: NotFound; Unsupported; Invalid: "probe_shut" (the channel is not well), "probe_public",
    "probe_paid", "probe_needs"; StaleState("probe_held").
    """
    channel = await acheck_channel(workspace_id=workspace_id, channel_id=channel_id, now=now)
    if selectors.health(channel, now) not in (Health.OK, Health.EXPIRING):
        raise Invalid(code="probe_shut")
    known = selectors.manifest(channel.network)
    if known.prices and not paid:
        raise Invalid(code="probe_paid")
    if write:
        await in_database(_may_write)(channel, known, public=public, now=now)
    tries = await in_database(_begun)(channel, known)
    opened = (await in_database(unlock)([channel_id]))[channel_id]
    await _try(opened, tries, _parcel(known, now) if write else None)
    found = {
        can: (outcome, redacted(detail, opened.secrets))
        for can, (outcome, detail) in tries.found.items()
    }
    await in_database(keep_trials)(channel, found, wrote=write, by=by, now=now)
    lines = tuple(_line(known, can, found, tries.skipped, write=write) for can in Can)
    return Report(channel, now, write, lines, tries.choices, tuple(tries.left))


probe = async_to_sync(aprobe)


def _begun(channel: Channel, known: Manifest) -> Tries:
    """What may be tried: granted, and not a no of the manifest's. An earlier refusal is no reason."""
    tries = Tries(known, frozenset())
    may = set()
    for can in Can:
        if not known.allows(can):
            tries.skipped[can] = Skipped.NO
        elif selectors.not_granted(channel.scopes, known.scopes.get(can, ())):
            tries.skipped[can] = Skipped.NOT_GRANTED
        else:
            may.add(can)
    tries.may = frozenset(may)
    return tries


async def _try(opened: Opened, tries: Tries, parcel: Parcel | None) -> None:
    async with connector(opened, fresh=True) as open_:
        await read_only(open_, tries)
        if parcel is not None:
            await in_database(_not_held)(opened.workspace_id)
            await take_back(open_, tries, parcel)


def _not_held(workspace_id: UUID) -> None:
    """Asked before anything is tried, and again when the reading is over and a post would leave."""
    if open_holds(workspace_id):
        raise StaleState(code="probe_held")


def _may_write(channel: Channel, known: Manifest, *, public: bool, now: datetime) -> None:
    _not_held(channel.workspace_id)
    check(now)
    hidden = bool(known.trial) or selectors.lives_inside(channel.network)
    if not hidden and not public:
        raise Invalid(code="probe_public")
    if _needs(known):
        raise Invalid(code="probe_needs")


def _needs(known: Manifest) -> bool:
    """Whether a post has to have more than words and the options that we know."""
    wordless = bool(known.forms) and known.form_of(()) is None
    return wordless or any(
        one.needed and not one.default and one.name not in known.trial for one in known.options
    )


def _parcel(known: Manifest, now: datetime) -> Parcel:
    key = new_id()
    form = known.form_of(())
    return Parcel(
        key=key.hex,
        record_key=tid(now, key.int % 1024),
        created_at=now,
        text=f"Breakwater tries this account ({key.hex[-6:]}). This is deleted at once.",
        language="en",
        options=dict(known.trial),
        form=form.name if form else "",
    )


def _line(
    known: Manifest,
    can: Can,
    found: Mapping[Can, tuple[Outcome, str]],
    skipped: Mapping[Can, str],
    *,
    write: bool,
) -> Line:
    answer = known.can[can].answer if can in known.can else Answer.NO
    if can not in found:
        return Line(can, answer, Verdict.UNTRIED, skipped.get(can) or _why_not(can, write=write))
    outcome, detail = found[can]
    if outcome is Outcome.SHOWN:
        return Line(can, answer, Verdict.HOLDS)
    if outcome is Outcome.UNCLEAR:
        return Line(can, answer, Verdict.UNCLEAR, detail)
    open_ = answer in (Answer.PLAN, Answer.PROBE)
    return Line(can, answer, Verdict.NOT_HERE if open_ else Verdict.FALSE, detail)


def _why_not(can: Can, *, write: bool) -> str:
    if can in WRITING and not write:
        return Skipped.NEEDS_WRITE
    return Skipped.NOTHING_THERE if can in _READING else Skipped.NEEDS_OTHERS
