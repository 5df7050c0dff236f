"""Whatever is paused, narrowed, kept, put off and resumed, in whatever order: what fell due while it
was paused never leaves unless a person named it; and while it is paused nothing else leaves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.deliveries import MakeDelivery

from breakwater.delivery.models import Delivery
from breakwater.delivery.services import let_pass, put_off
from breakwater.domain.errors import Invalid
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import barriers
from breakwater.pauses.services.pausing import pause_all
from breakwater.pauses.services.resuming import Scope, confirm_day, narrow, resume_all, to_daily
from breakwater.pauses.tests.conftest import Leave
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
_PLANNED = (-5, 0, 3, 7, 12, 20, 40)
_STEPS = st.sampled_from(
    ["work", "work", "wait", "wait", "wait long", "pause", "pause", "daily", "narrow", "keep",
     "put off", "confirm", "resume"]
)  # fmt: skip


@dataclass
class Story:
    """shut: since when what is paused, and until when; label None: everything. named: rows that a
    person let leave."""

    by: Access
    now: datetime
    leave: Leave
    pause: Pause | None = None
    shut: list[tuple[datetime, datetime | None, str | None]] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)
    begun: list[UUID] = field(default_factory=list)

    def do(self, step: str, rows: list[Delivery]) -> None:
        if step.startswith("wait"):
            self.now += (30 if "long" in step else 4) * MINUTE
        elif step == "work":
            self.begun += [self._checked(row) for row in self.leave(self.now)]
        elif step == "pause":
            self.named = set()
            self._shut(None)
            self.pause = pause_all(self.by, "A storm.", via="page", now=self.now).pause
        elif self.pause is not None:
            self._loosen(step, self.pause, rows)

    def _loosen(self, step: str, pause: Pause, rows: list[Delivery]) -> None:
        me, now = self.by.person.pk, self.now
        some = rows[::2]
        if step == "resume":
            resume_all(self.by, pause, why="Over.", despite_undecided=True, now=now)
            self._open()
            self.pause = None
        elif step == "narrow":
            try:
                narrow(self.by, pause, Scope(labels=["fun"]), why="So.", despite=True, now=now)
            except Invalid:  # all of them have left
                return
            self._shut("fun")
        elif step == "daily":
            self.pause = to_daily(self.by, pause, "Calmer.", now=now)
        elif step == "keep":
            let_pass(some, barriers(pause)[0], by=me, now=now)
            self.named |= {row.pk for row in some}
        elif step == "confirm" and pause.mode == "daily":
            self.named |= {row.pk for row in confirm_day(self.by, pause, [some[0].pk], now=now)}
        elif step == "put off":
            put_off(some, now + 10 * MINUTE, by=me, now=now)

    def _open(self) -> None:
        self.shut = [(a, b or self.now, what) for a, b, what in self.shut]

    def _shut(self, label: str | None) -> None:
        self._open()
        self.shut.append((self.now, None, label))

    def _checked(self, row: Delivery) -> UUID:
        for since, until, label in self.shut:
            inside = since <= row.due_at and (until is None or row.due_at < until)
            about = label is None or f"label:{label}" in row.tags
            assert not (inside and about) or row.pk in self.named, (row.due_at, self.shut)
            if until is None and about:
                assert row.pk in self.named
        return row.pk


@given(steps=st.lists(_STEPS, min_size=4, max_size=12))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_nothing_that_fell_due_in_a_pause_leaves_unasked(
    steps: list[str], queued: MakeDelivery, leave: Leave, by_bob: Access, now: datetime
) -> None:
    with transaction.atomic():
        rows = [
            queued(
                str(minutes), due_at=now + minutes * MINUTE, missed_after=timedelta(hours=10),
                tags=["label:fun"] if number % 3 == 0 else [],
            )
            for number, minutes in enumerate(_PLANNED)
        ]  # fmt: skip
        story = Story(by_bob, now, leave)

        for step in [*steps, "resume", "work", "wait long", "work"]:
            story.do(step, rows)

        assert len(set(story.begun)) == len(story.begun)
        assert not Delivery.objects.filter(to_tell=True, reason="paused").exists()
        transaction.set_rollback(True)
