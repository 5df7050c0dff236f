"""`breakwater channel probe`: which lines of the manifest hold on one account."""

import json
import re
from pathlib import Path

import pytest

from breakwater.audit.models import Entry
from breakwater.channels import selectors
from breakwater.channels.models import Channel, Trial
from breakwater.channels.selectors import Outcome, Why
from breakwater.channels.services.practice import look_round, plan_fault
from breakwater.channels.tests.conftest import home
from breakwater.config import cli
from breakwater.core import clock
from breakwater.delivery.services.walls import raise_wall
from breakwater.networks.base import Can, Fault
from breakwater.people.models import Person, Workspace
from breakwater.web.tests.quay import at_desk, practice_channel

__all__ = ["home"]  # fixture
Shown = pytest.CaptureFixture[str]


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person, home: Path) -> Channel:
    return practice_channel(harbour_workspace, ann, kind="hour_key")


def _probe(*more: str, channel: Channel) -> int:
    return cli.dispatch(["channel", "probe", str(channel.pk), *more])


def _posts(channel: Channel) -> int:
    return len(look_round(channel, limit=20).posts)


def test_reading_alone_writes_nothing_and_says_what_it_would_need(
    quay: Channel, capsys: Shown
) -> None:
    assert _probe(channel=quay) == 0

    said = capsys.readouterr().out
    assert "only with --write" in said
    assert {one.can for one in Trial.objects.all()} == {
        "timeline", "comments", "ad_comments", "mentions", "messages", "reviews", "following",
        "insights", "profile",
    }  # fmt: skip
    assert Entry.objects.get(verb="channel.probed").data["wrote"] is False


def test_a_marked_post_goes_out_is_read_and_is_gone_again(
    quay: Channel, capsys: Shown, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"

    assert _probe("--write", "--json", str(file), channel=quay) == 0

    told = json.loads(file.read_text(encoding="utf-8"))
    verdicts = {one["can"]: one["verdict"] for one in told["lines"]}
    assert {can for can, verdict in verdicts.items() if verdict == "holds"} >= {
        "publish", "read_back", "timeline", "delete"
    }  # fmt: skip
    assert (told["sound"], told["wrote"], told["left"]) == (True, True, [])
    assert verdicts["report"] == "not tried"
    assert _posts(quay) == 0
    assert "0 do not" in capsys.readouterr().out


def test_the_channel_page_shows_what_was_found_on_which_day(
    quay: Channel, harbour_workspace: Workspace, ann: Person, capsys: Shown
) -> None:
    _probe("--write", channel=quay)

    shown = at_desk(ann).get(f"/w/harbour/channels/{quay.pk}/").content.decode()

    assert shown.count("Shown on this account on") == Trial.objects.count() >= 4
    assert selectors.allows(quay, Can.PUBLISH).why is Why.SHOWN


def test_a_line_that_does_not_hold_is_found(quay: Channel, ann: Person, capsys: Shown) -> None:
    plan_fault(quay, Fault("forbidden", "commit"), by=ann.pk, now=clock.now())

    assert _probe("--write", channel=quay) == 1

    said = capsys.readouterr().out
    assert re.search(r"publish +yes +does not hold", said)
    assert Trial.objects.get(can="publish").outcome == Outcome.REFUSED
    assert not selectors.allows(quay, Can.PUBLISH).yes
    assert _posts(quay) == 0


def test_a_bad_day_proves_nothing_and_forgets_nothing(
    quay: Channel, ann: Person, capsys: Shown
) -> None:
    _probe("--write", channel=quay)
    capsys.readouterr()
    plan_fault(quay, Fault("error_refused", "commit"), by=ann.pk, now=clock.now())

    assert _probe("--write", channel=quay) == 0

    assert "not known" in capsys.readouterr().out
    assert Trial.objects.get(can="publish").outcome == Outcome.SHOWN


def test_a_lost_answer_leaves_no_test_post_behind(
    quay: Channel, ann: Person, capsys: Shown
) -> None:
    plan_fault(quay, Fault("error_accepted", "commit"), by=ann.pk, now=clock.now())

    _probe("--write", channel=quay)

    assert _posts(quay) == 0


def test_nothing_is_written_while_posts_are_held(
    quay: Channel, harbour_workspace: Workspace, ann: Person, capsys: Shown
) -> None:
    raise_wall(harbour_workspace.pk, why="storm", by=ann.pk, now=clock.now())

    assert _probe("--write", channel=quay) == cli.EX_PROBLEM

    assert "are held" in capsys.readouterr().err
    assert (_posts(quay), Trial.objects.count()) == (0, 0)
    assert _probe(channel=quay) == 0


def test_a_channel_that_is_shut_is_not_tried(quay: Channel, capsys: Shown) -> None:
    Channel.objects.filter(pk=quay.pk).update(state="disconnected")

    assert _probe(channel=quay) == cli.EX_PROBLEM
    assert "is not well" in capsys.readouterr().err
    assert not Trial.objects.exists()


def test_an_unknown_channel_is_said(quay: Channel, capsys: Shown) -> None:
    assert cli.dispatch(["channel", "probe", str(quay.workspace_id)]) == cli.EX_CONFIG
    assert "There is no channel" in capsys.readouterr().err


def test_the_report_for_machines_can_be_piped(quay: Channel, capsys: Shown) -> None:
    assert _probe("--json", "-", channel=quay) == 0

    assert json.loads(capsys.readouterr().out)["network"] == "sandbox"
