"""`breakwater status`: the answer at the terminal, and as an exit status that machines watch."""

import json
from datetime import timedelta

import pytest
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel, Credential
from breakwater.config import checks, cli
from breakwater.core import clock
from breakwater.delivery.models import Delivery, Worker
from breakwater.people.models import Workspace


@pytest.fixture(autouse=True)
def _well(request: pytest.FixtureRequest) -> None:
    """A worker is alive, and the channel's sign-in has no end."""
    if "database_away" in request.fixturenames:
        return
    now = clock.now()
    request.getfixturevalue("db")
    Worker.objects.create(host="here", pid=1, lock_key=1, seen_at=now, created_at=now)
    channel = request.getfixturevalue("channel")
    Credential.objects.create(channel=channel, sealed=b"x", replaced_at=now, created_at=now)


def test_a_calm_day_is_status_0(
    harbour_workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["status", "harbour"]) == 0

    assert capsys.readouterr().out == "harbour: Everything is all right.\n"


def test_what_breakwater_sees_to_is_status_0(
    queued: MakeDelivery, capsys: pytest.CaptureFixture[str]
) -> None:
    due = clock.now() - timedelta(minutes=1)
    row = queued(due_at=due)

    assert cli.dispatch(["status"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("harbour: Breakwater is taking care of 1 thing.\n")
    assert f"{row.pk} @harbour, since {due:%Y-%m-%d %H:%M:%S} UTC\n" in said


def test_what_needs_a_person_is_status_1(
    queued: MakeDelivery, capsys: pytest.CaptureFixture[str]
) -> None:
    Delivery.objects.filter(pk=queued().pk).update(state="missed", reason="late")

    assert cli.dispatch(["status", "harbour"]) == 1

    said = capsys.readouterr().out
    assert said.startswith("harbour: 1 thing needs you.\n  ! 1 post missed its time, since 2026")
    assert "Open it: send it after all, or leave it.\n" in said


def test_no_worker_needs_a_person(channel: Channel, capsys: pytest.CaptureFixture[str]) -> None:
    Worker.objects.all().delete()

    assert cli.dispatch(["status"]) == 1

    assert "! Nothing leaves: no worker is alive.\n" in capsys.readouterr().out


def test_machines_read_one_line_a_workspace(
    other_workspace: Workspace, channel: Channel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["status", "--json"]) == 0

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(one["workspace"], one["verdict"]) for one in answers} == {
        ("harbour", "all_right"),
        ("elsewhere", "all_right"),
    }
    assert answers[0]["troubles"] == []


@pytest.mark.usefixtures("database_away")
def test_a_database_that_is_away_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["status", "--json"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("It cannot be told whether everything is all right. ")


def test_half_a_restore_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    checks.restoring().touch()
    try:
        assert cli.dispatch(["status"]) == 2
    finally:
        checks.restoring().unlink()

    assert "A restore did not come to its end" in capsys.readouterr().err


def test_a_workspace_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["status", "nowhere"]) == 1

    assert "nowhere" in capsys.readouterr().err
