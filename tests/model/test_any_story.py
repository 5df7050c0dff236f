"""Any story at all: posts, faults, deaths, holds and people, in whatever order hypothesis likes.

The rules may be asked for at any moment. After each of them: nothing is public twice without a
person's word, no row has made more than six calls, what is in the ledger stays in it, a hold and a
revocation hold. At the end everything has come to rest, and the record says what is so.
"""

from collections import Counter
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from breakwater.audit.selectors import verify
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import IN_HAND
from breakwater.delivery.models import (
    COMMIT_CALLS_FOR_LIFE,
    Attempt,
    Circuit,
    Delivery,
    Hold,
)
from breakwater.delivery.selectors import next_due
from breakwater.delivery.services import (
    Barrier,
    cancel,
    gather,
    it_is_not_out,
    it_is_out,
    leave_it,
    raise_wall,
    raise_walls,
    release,
    release_missed,
    revoke,
)
from breakwater.delivery.services.walls import HOLDABLE
from tests.model import faults
from tests.model.choices import Chooser, Script
from tests.model.endings import ASKED
from tests.model.faults import ALL, OK, Net, nets
from tests.model.replay import TIMINGS, Real

STEPS = 12
_POINTS = {
    "claimed": ALL.claimed, "prepared": ALL.prepared, "door": ALL.door_again, "send": ALL.send,
    "answered": ALL.answered, "sight": ALL.sight, "looked": ALL.looked,
}  # fmt: skip
_FAULTS = [(point, one) for point, options in _POINTS.items() for one in options if one != OK]
_FAULTS += 2 * [one for one in _FAULTS if one[0] == "send"]  # the likeliest
_WRONG = st.lists(st.sampled_from(_FAULTS), max_size=3)
_QUIET = ("verified", "cancelled", *ASKED)
_TURNS = 200

pytestmark = pytest.mark.slow


class Armed(Chooser):
    """What goes wrong the next time that a point is passed."""

    def __init__(self, script: Script = ()) -> None:
        super().__init__(script)
        self.faults: dict[str, list[str]] = {}

    def pick(self, point: str, options: Any) -> str:
        """The next that this network, as it is, can do here."""
        waiting = self.faults.get(point, [])
        chosen = next((one for one in waiting if one in options), OK)
        if chosen != OK:
            waiting.remove(chosen)
        return chosen


class Story(RuleBasedStateMachine):
    """One account, and whatever happens to its posts."""

    real: ClassVar[Real]

    @initialize(net=st.sampled_from(nets()), wrong=_WRONG)
    def connect(self, net: Net, wrong: list[tuple[str, str]]) -> None:
        self.real.rest()
        self.channel: Channel = self.real.connect(net)
        self.armed = Armed()
        self.real.hooks.begin(self.armed, net.points)
        self.rows: list[UUID] = []
        self.resent: Counter[UUID] = Counter()
        self.ledger: dict[int, tuple[Any, ...]] = {}
        self.hold: Hold | None = None
        self.commits_at_hold = 0
        self.revoked: dict[UUID, int] = {}
        self.send(wrong, 8)

    # what people and the world do

    @rule(wrong=_WRONG, turns=st.integers(0, 8))
    def send(self, wrong: list[tuple[str, str]], turns: int) -> None:
        for point, option in wrong:
            self.armed.faults.setdefault(point, []).append(option)
        self.rows.append(self.real.order(self.channel).pk)
        self.work(turns)

    @rule(turns=st.integers(1, 8))
    def work(self, turns: int) -> None:
        for _ in range(turns):
            self._work()

    @rule(minutes=st.sampled_from([1, 16, 50, 200]))
    def time_passes(self, minutes: int) -> None:
        self.real.clock.advance(minutes * 60)

    @precondition(lambda self: self.hold is None)
    @rule(strict=st.booleans())
    def pause(self, strict: bool) -> None:
        """By a hold of its own, or by one of a pause, whose end is strict."""
        tag, by, now = f"channel:{self.channel.pk}", self.real.person.pk, self.real.clock.now
        if strict:
            wall = [Barrier(tag, HOLDABLE)]
            (self.hold,) = raise_walls(
                self.real.workspace.pk, wall, why="storm", of=new_id(), by=by, now=now
            )
        else:
            self.hold, _ = raise_wall(self.real.workspace.pk, tag=tag, why="storm", by=by, now=now)
        self.commits_at_hold = self.real.commits(self.channel)

    @precondition(lambda self: self.hold is not None)
    @rule()
    def resume(self) -> None:
        assert self.hold is not None
        strict, by, now = self.hold.of is not None, self.real.person.pk, self.real.clock.now
        if strict:
            gather([self.hold], by=by, now=now)
        release(self.hold, strict=strict, by=by, now=now)
        self.hold = None
        if strict:
            left = self._all()
            assert not [row for row in left if row.state == "queued" and row.due_at <= now]

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def cancel_one(self, data: st.DataObject) -> None:
        cancel([self._one(data)], by=self.real.person.pk, now=self.real.clock.now)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), again=st.booleans())
    def revoke_or_edit_one(self, data: st.DataObject, again: bool) -> None:
        """An edit is a revocation and a new version, with a delivery of its own."""
        row = self._one(data)
        if revoke(row.source, by=self.real.person.pk, now=self.real.clock.now):
            self.revoked[row.pk] = row.commit_calls
        if again:
            self.send([], 0)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), answer=st.sampled_from(["out", "this one", "not out", "leave"]))
    def a_person_answers(self, data: st.DataObject, answer: str) -> None:
        row = self._one(data)
        by, now = self.real.person.pk, self.real.clock.now
        if row.state in ("missed", "failed") and row.pk not in self.revoked:
            release_missed(row, by=by, now=now)
        if row.state != "needs_human":
            return
        public = [post for post in self.real.public(self.channel) if _of(post, row)]
        if answer == "leave":
            leave_it(row, by=by, now=now)
        elif answer == "not out" and row.commit_calls < COMMIT_CALLS_FOR_LIFE:
            it_is_not_out(row, by=by, now=now)
            self.resent[row.pk] += 1
        elif public:
            seen = {str(one["remote_id"]) for one in row.seen}
            known = answer == "this one" and public[0]["id"] in seen
            it_is_out(row, remote_id=public[0]["id"] if known else "", by=by, now=now)

    # what always holds

    @invariant()
    def nothing_is_public_twice_without_a_persons_word(self) -> None:
        texts = Counter(post["text"] for post in self.real.public(self.channel))
        for row in self._all():
            assert texts[row.payload["text"]] <= 1 + self.resent[row.pk], _story(row)

    @invariant()
    def calls_are_few_and_counted(self) -> None:
        rows = self._all()
        assert all(row.commit_calls <= COMMIT_CALLS_FOR_LIFE for row in rows)
        begun = Attempt.objects.filter(delivery__in=self.rows, step="commit", outcome="begun")
        assert self.real.commits(self.channel) <= begun.count()

    @invariant()
    def the_ledger_only_grows(self) -> None:
        present = {
            row[0]: row
            for row in Attempt.objects.filter(delivery__in=self.rows).values_list(
                "id", "delivery", "number", "step", "outcome", "at", "code", "remote_id", "sent"
            )
        }
        assert {pk: present.get(pk) for pk in self.ledger} == self.ledger
        self.ledger = present

    @invariant()
    def what_was_accepted_is_there(self) -> None:
        public = {post["id"] for post in self.real.public(self.channel)}
        for row in self._all():
            if row.state in ("accepted", "verified") and row.reason != "by_person":
                assert row.remote_id in public, _story(row)

    @invariant()
    def nothing_begins_behind_a_wall_or_without_approval(self) -> None:
        if self.hold is not None:
            assert self.real.commits(self.channel) == self.commits_at_hold
        for row in self._all():
            assert row.commit_calls <= self.revoked.get(row.pk, COMMIT_CALLS_FOR_LIFE)

    def teardown(self) -> None:
        """Nothing more goes wrong: everything comes to rest, and the record says what is so."""
        self.armed.faults.clear()
        if self.hold is not None:
            self.resume()
        for _ in range(_TURNS):
            if all(self._rests(row) for row in self._all()):
                break
            self._work()
        self.real.clock.advance(faults.LONG)  # what was late has arrived
        self.nothing_is_public_twice_without_a_persons_word()
        self.what_was_accepted_is_there()
        texts = Counter(post["text"] for post in self.real.public(self.channel))
        for row in self._all():
            assert self._rests(row), _story(row)
            if row.state in ("failed", "missed", "cancelled") and not _said_out(row):
                assert not texts[row.payload["text"]] or self.resent[row.pk], _story(row)
        assert verify(self.real.workspace.pk) is None

    # helpers

    def _work(self) -> None:
        """To the next moment at which anything is due, and one round there."""
        self.real.start()
        moments = self._takeovers()
        if due := next_due():
            moments.append(due)
        if moments:
            self.real.clock.go_to(min(moments))
        self.real.turn()
        if due and next_due() == due:  # what is due may wait for a network that wants peace
            now = self.real.clock.now
            shut = Circuit.objects.filter(opened_at__isnull=False, probe_at__gt=now)
            quiet = Channel.objects.filter(pk=self.channel.pk, quiet_until__gt=now)
            until = [
                *shut.values_list("probe_at", flat=True),
                *quiet.values_list("quiet_until", flat=True),
                # or for one that died with its worker while it tried that network
                *(one for one in self._takeovers() if one > now),
            ]
            self.real.clock.go_to(min(until, default=due))

    def _takeovers(self) -> list[datetime]:
        return [row.state_at + TIMINGS.takeover for row in self._all() if row.state in IN_HAND]

    def _rests(self, row: Delivery) -> bool:
        self.channel.refresh_from_db()
        shut = self.channel.state == "reconnect" and row.state in ("queued", "retry_wait")
        return shut or row.state in _QUIET

    def _one(self, data: st.DataObject) -> Delivery:
        return Delivery.objects.get(pk=data.draw(st.sampled_from(self.rows)))

    def _all(self) -> list[Delivery]:
        return list(Delivery.objects.filter(pk__in=self.rows))


def _said_out(row: Delivery) -> bool:
    """The record says that it may be out: nobody knows, or it was accepted and not seen any more."""
    return row.doubtful or row.accepted_at is not None


def _of(post: dict[str, Any], row: Delivery) -> bool:
    return bool(post["text"] == row.payload["text"])


def _story(row: Delivery) -> str:
    """For the reader of a failure."""
    attempts = Attempt.objects.filter(delivery=row).order_by("id")
    lines = [f"{one.at:%d %H:%M:%S} {one.step} {one.outcome} {one.code}" for one in attempts]
    return f"{row.state} {row.reason} calls={row.commit_calls}: " + "; ".join(lines)


def test_any_story_keeps_what_is_promised(real: Real) -> None:
    Story.real = real

    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=settings().max_examples // 2, stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip
