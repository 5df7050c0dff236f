"""`breakwater clock`: what time it is believed to be, and who says that a new time is right."""

from datetime import datetime

import pytest

from breakwater.config import checks, cli
from breakwater.core import clock
from breakwater.delivery.models import ClockMark
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role


@pytest.fixture
def jumped(harbour_workspace: Workspace, now: datetime) -> ClockMark:
    return ClockMark.objects.create(
        boot="b", host="quay", baseline_us=0, seen_us=7_200_000_000, boot_us=0, seen_at=now,
        held_since=now, reason="jump", ahead_s=7200, to_tell=True,
    )  # fmt: skip


def test_a_clock_that_is_right_is_said_to_be(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["clock", "show"]) == 0

    assert "It is believed: nothing is held.\n" in capsys.readouterr().out


def test_a_clock_that_jumped_is_shown_and_the_check_says_the_mend(
    jumped: ClockMark, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["clock", "show"]) == 0

    line = capsys.readouterr().out.splitlines()[1]
    assert line.split("  ")[0] == "quay"
    assert line.endswith("7200 s ahead")
    mends = [one.mend for one in checks.everything(clock.now) if one.what == "clock" and one.mend]
    assert len(mends) == 1
    assert "breakwater clock confirm" in mends[0]


def test_an_owner_confirms_and_it_goes_on(
    jumped: ClockMark, ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)

    assert cli.dispatch(["clock", "confirm", "--as", ann.email]) == 0

    assert capsys.readouterr().out.startswith("Confirmed: it is ")
    mark = ClockMark.objects.get()
    assert (mark.held_since, mark.baseline_us) == (None, 7_200_000_000)


def test_who_may_only_write_confirms_nothing(jumped: ClockMark, ann: Person) -> None:
    Membership.objects.filter(person=ann).update(role=Role.AUTHOR)

    assert cli.dispatch(["clock", "confirm", "--as", ann.email]) == 1

    assert ClockMark.objects.get().held_since is not None
