"""Each network on a bad day, through the real code: answers that are lost, refused, garbled or late,
tokens that ran out, workers killed at the call. Nothing is there twice, nothing is lost: what is
not out is in front of a person. The counts are printed.
"""

import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from breakwater.channels import vault
from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import ASKS, OUT
from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, NOT_YET, Delivery
from breakwater.delivery.services import Order, enqueue, it_is_not_out, it_is_out
from breakwater.publishing.content import Content, MediumOf, TargetOf
from breakwater.publishing.parts import parts_for
from tests.worlds.bad_days import run_to_the_end
from tests.worlds.desk import TIMINGS, Desk, ledger
from tests.worlds.every import WORLDS
from tests.worlds.fixtures import desk, world
from tests.worlds.gate import FAULTS, FINE, Fault
from tests.worlds.needs import NEEDS, Needs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SEED = 20261128
POSTS = 16
"""With what answers some of them, at least 20 deliveries."""
WITHIN_S = 60.0
QUICK = replace(
    TIMINGS,
    commit_deadline=timedelta(seconds=1.5),
    key_life=timedelta(seconds=16),
    probe_within=timedelta(seconds=20),
)
"""An hour lasts six seconds, but what is made of many calls has more: a call is not shorter here."""


__all__ = ["desk", "world"]  # fixtures


@pytest.fixture
def bad_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A worker that dies while it renews a sign-in leaves its lease, which is short, too."""
    monkeypatch.setattr(vault, "LEASE", timedelta(seconds=2))
    return replace(desk, timings=QUICK, approved=set)


@pytest.mark.parametrize("world", sorted(WORLDS), indirect=True)
def test_nothing_is_there_twice_and_nothing_is_lost(
    bad_day: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = bad_day
    chance = random.Random(f"{SEED} {desk.world.slug}")
    channel = desk.connect()
    rows = ordered(desk, channel)
    desk.world.gate.plan(bad_luck(chance, len(rows)))

    died = run_to_the_end(desk, rows, WITHIN_S)
    first = Toll.of(desk, rows)
    asked = [row for row in rows if row.state == "needs_human"]
    desk.world.gate.clear()
    answered(desk, asked)
    run_to_the_end(desk, rows, WITHIN_S)
    last = Toll.of(desk, rows)

    with capsys.disabled():
        sys.stdout.write(f"\n{desk.world.slug}: {told(desk, rows, first, last, died)}\n")
    assert len(rows) >= 20
    for toll in (first, last):
        assert (toll.twice, toll.lost, toll.wrong) == ([], [], [])
    assert set(last.states) <= {"verified", "taken", "needs_human"}
    assert set(last.reasons) <= {"first_gone"}


@dataclass(frozen=True)
class Toll:
    """What the public sees, beside what the ledger says. twice, lost: neither there nor in front of a
    person (who asks for what waits behind it, too). wrong: called undone, and there. Each with all
    that is known of it."""

    states: Counter[str]
    reasons: Counter[str]
    twice: list[str]
    lost: list[str]
    wrong: list[str]

    @classmethod
    def of(cls, desk: Desk, rows: Sequence[Delivery]) -> "Toll":
        for row in rows:
            row.refresh_from_db()
        public = Counter(said for said in map(marked, desk.world.public()) if said)
        seen = {row.pk: public[marked(row.payload["text"])] for row in rows}
        asks = {row.pk for row in rows if row.state in ASKS}
        behind = {row.pk for row in rows if row.not_before == NOT_YET and row.after_id not in asks}
        return cls(
            Counter(row.state for row in rows),
            Counter(row.reason for row in rows if row.pk in asks),
            [ledger(row) for row in rows if seen[row.pk] > 1],
            [ledger(row) for row in rows if row.state in OUT and not seen[row.pk]]
            + [ledger(row) for row in rows if row.pk in behind and row.after_id in seen
               and not _asks_above(row, rows)],
            [ledger(row) for row in rows if row.state == "failed" and seen[row.pk]],
        )  # fmt: skip


def _asks_above(row: Delivery, rows: Sequence[Delivery]) -> bool:
    """Whether somebody is asked about one of those that this waits for."""
    by_key = {one.pk: one for one in rows}
    above = by_key.get(row.after_id) if row.after_id else None
    return above is not None and (above.state in ASKS or _asks_above(above, rows))


def answered(desk: Desk, asked: Sequence[Delivery]) -> None:
    """A person looks at the network, and says what is true."""
    public = {marked(said) for said in desk.world.public()}
    for row in asked:
        mark, by = marked(row.payload["text"]), desk.bob.pk
        ids = [one["remote_id"] for one in row.seen if marked(one["text"]) == mark]
        if mark in public:
            it_is_out(row, remote_id=ids[0] if ids else "", by=by, now=clock.now())
        elif row.commit_calls < COMMIT_CALLS_FOR_LIFE:
            it_is_not_out(row, by=by, now=clock.now())


def ordered(desk: Desk, channel: Channel) -> list[Delivery]:
    """Posts, each with words of its own; every fourth with a thread and a first comment, where there
    is such a thing; as many more as make 20."""
    needs = NEEDS.get(channel.network, Needs())
    asset = needs.asset(desk)
    media = (MediumOf(asset.pk, "A bowl"),) if asset else ()
    assets = {asset.pk: asset} if asset else {}
    rows: list[Delivery] = []
    number = 0
    while number < POSTS or len(rows) < 20:
        chain = number % 4 == 0
        content = Content(
            text=f"Tide no. {number}.0", language="en", media=media,
            targets={channel.pk: TargetOf(options=dict(needs.options))},
            wall="2027-03-05T09:30", zone="Europe/Paris",
            thread=(f"Tide no. {number}.1", f"Tide no. {number}.2") if chain else (),
            comment=f"Tide no. {number}.3" if chain else "",
        )  # fmt: skip
        source = new_id()
        made = [
            Order(
                workspace_id=channel.workspace_id, channel_id=channel.pk, kind="publish",
                source=source, payload=part.payload, digest=part.digest, tags=[],
                due_at=clock.now(), missed_after=desk.timings.missed_window,
                part=part.number, after=part.after,
            )
            for part in parts_for(channel, content, assets, clock.now())
        ]  # fmt: skip
        rows += enqueue(made, by=desk.ann.pk, now=clock.now())
        number += 1
    return rows


def bad_luck(chance: random.Random, calls: int) -> list[Fault]:
    """What the first commit calls meet: each fault, most of them twice, and good days between."""
    often = [fault for fault in FAULTS if not (fault.kills or fault.expires)]
    faults = [*FAULTS, *often]
    faults += [FINE] * max(4, calls - len(faults))
    chance.shuffle(faults)
    return faults


def marked(text: str) -> str:
    """The number that a text carries; "" for a stranger's."""
    return text.partition("Tide no. ")[2].strip()


def told(desk: Desk, rows: Sequence[Delivery], first: Toll, last: Toll, died: int) -> str:
    commits = desk.world.gate.commits
    met = Counter(fault.name for _, fault in commits if fault is not FINE)
    return (
        f"{len(rows)} deliveries, {len(commits)} calls, {sum(met.values())} faults, {died} workers "
        f"killed; by itself {dict(first.states)}, asked {dict(first.reasons)}; once answered "
        f"{dict(last.states)}; {len(last.twice)} twice, {len(last.lost)} lost"
    )
