"""The worker brings back what was put off, tells of new targets, and clears empty seats; not in an
hour that is not believed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.people import make_member, make_person

from breakwater.domain.timings import Timings
from breakwater.inbox.models import Seat, Setup, Thread
from breakwater.inbox.services.seats import sit
from breakwater.inbox.services.setups import set_hours
from breakwater.inbox.services.working import snooze
from breakwater.inbox.tests.world import NOW, QUESTION, arrive, channel_of, said
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.tend import TendLoop
from breakwater.workers.tests.test_clockwatch import HOURS, Machine

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def mia_at(harbour_workspace: Workspace) -> Access:
    make_member(harbour_workspace, mia := make_person("mia"), Role.MANAGER)
    return access(mia, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def asleep(harbour_workspace: Workspace, mia_at: Access) -> Thread:
    arrive(channel_of(harbour_workspace), said(QUESTION, "a"))
    thread = Thread.objects.get()
    snooze(mia_at, [thread.pk], LATER, now=NOW)
    sit(mia_at, thread.pk, now=NOW)
    set_hours(mia_at, {}, [], {"question": 90}, now=NOW)
    return thread


def _tend(folder: Path, watch: ClockWatch) -> TendLoop:
    return TendLoop(timings=Timings(), locks=folder / "locks", spool=folder / "spool", watch=watch)


def _seen(thread: Thread) -> tuple[str, datetime | None, int]:
    thread.refresh_from_db()
    return thread.state, thread.due_at, Seat.objects.count()


def test_a_round_of_the_worker(asleep: Thread, tmp_path: Path) -> None:
    machine = Machine(LATER)
    watch = machine.watch()
    watch.look()

    for _ in range(2):
        _tend(tmp_path, watch)._inbox_now()

    assert _seen(asleep) == ("open", NOW + timedelta(minutes=90), 0)
    assert Setup.objects.get().dues_from is None


def test_nothing_is_brought_back_by_a_wrong_clock(asleep: Thread, tmp_path: Path) -> None:
    machine = Machine(NOW)
    watch = machine.watch()
    watch.look()
    machine.moved = HOURS

    _tend(tmp_path, watch)._inbox_now()

    assert _seen(asleep) == ("snoozed", None, 1)
