"""`breakwater evidence`: proves what is here, hands out, prints the script and where chains end."""

import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.people import NOW

from breakwater.channels.models import Channel
from breakwater.config import cli
from breakwater.core import blobs
from breakwater.evidence.models import Access, Capture, Link, Stamp
from breakwater.evidence.tests.world import sealed
from breakwater.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(channel: Channel, bob: Person, settings: Settings, tmp_path: Path) -> Capture:
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.BLOBS = tmp_path / "blobs"
    return sealed(channel, "1.stray", bob.pk)


def test_what_is_whole_holds_and_what_was_touched_is_named(
    kept: Capture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["evidence", "verify"]) == 0
    assert capsys.readouterr().out == "Evidence holds: 1 workspaces.\n"
    blobs.path(kept.blob).unlink()

    assert cli.dispatch(["evidence", "verify", "harbour"]) == 1

    assert f"link 1, capture {kept.pk} has no package" in capsys.readouterr().err


def test_a_package_is_written_by_name_and_checks_itself(
    kept: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.zip"
    names = ["evidence", "export", "harbour", str(kept.pk), str(target), "--as", "bob@example.test"]

    assert cli.dispatch(names) == 0
    head = f"1:{Link.objects.get().seal}"
    assert cli.dispatch(["evidence", "verify", "--file", str(target), "--head", head]) == 0

    assert "All fits: capture" in capsys.readouterr().out
    assert Access.objects.get().via == "command"
    with zipfile.ZipFile(target) as opened:
        script = opened.read("verify.py").decode()
    assert cli.dispatch(["evidence", "script"]) == 0
    assert capsys.readouterr().out == script


def test_what_was_given_up_is_asked_for_again(
    kept: Capture, capsys: pytest.CaptureFixture[str]
) -> None:
    link = Link.objects.get()
    row = Stamp.objects.create(link=link, due_at=NOW, outcome="refused", trouble="stamp_signature")

    assert cli.dispatch(["evidence", "stamp-again"]) == 0

    assert capsys.readouterr().out.startswith("1 packages are shown to the time-stamping authority")
    row.refresh_from_db()
    assert (row.outcome, row.tries) == ("", 0)


def test_heads_are_printed_to_be_kept_elsewhere(
    kept: Capture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["evidence", "heads"]) == 0

    assert capsys.readouterr().out.split() == ["harbour", f"1:{Link.objects.get().seal}"]
