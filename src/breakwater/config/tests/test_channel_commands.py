"""`breakwater channel …` and `breakwater reconcile`, as typed at a terminal."""

import io
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.people import make_member, make_person

from breakwater.channels.models import Channel, Credential
from breakwater.channels.tests.conftest import home, town
from breakwater.channels.tests.harbour import PASSWORD, Town
from breakwater.config import cli
from breakwater.config.commands.reconcile import EX_UNSEEN
from breakwater.core import crypto
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role

__all__ = ["home", "town"]  # fixtures
Shown = pytest.CaptureFixture[str]
INSTALLED = sorted(
    {"harbour", "pier", *(one.name for one in entry_points(group="breakwater.networks"))}
)
AS_MIA = ("--workspace", "harbour", "--as", "mia@example.test")


@pytest.fixture
def mia(harbour_workspace: Workspace, settings: Settings, tmp_path: Path) -> Person:
    """Connects channels."""
    person = make_person("mia")
    make_member(harbour_workspace, person, Role.MANAGER)
    return person


@pytest.fixture
def quay(mia: Person, home: Path, capsys: Shown) -> Channel:
    assert cli.dispatch(["channel", "connect", "sandbox", *AS_MIA, "--set", "name=quay"]) == 0
    capsys.readouterr()
    return Channel.objects.get()


def test_a_channel_is_connected_listed_and_checked(quay: Channel, capsys: Shown) -> None:
    assert cli.dispatch(["channel", "list"]) == 0
    listed = capsys.readouterr().out
    assert cli.dispatch(["channel", "check", "--workspace", "harbour"]) == 0

    assert listed.split() == [str(quay.pk), "harbour", "sandbox", "@quay", "ok"]
    assert capsys.readouterr().out == listed


def test_a_secret_is_read_from_the_standard_input(
    mia: Person, town: Town, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    assert cli.dispatch(["channel", "connect", "harbour", *AS_MIA, "--set", "name=ann"]) == 0

    assert Channel.objects.get().handle == "@ann"
    assert PASSWORD not in capsys.readouterr().out


def test_a_secret_is_not_taken_as_an_argument(mia: Person, town: Town, capsys: Shown) -> None:
    typed = ["--set", "name=ann", "--set", f"password={PASSWORD}"]

    assert cli.dispatch(["channel", "connect", "harbour", *AS_MIA, *typed]) == cli.EX_CONFIG

    assert capsys.readouterr().err == "“password” is a secret: it is asked for.\n"
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["pier"], "Pier is connected in the browser: you sign in on its own page.\n"),
        (["nowhere"], f"Installed networks: {', '.join(INSTALLED)}.\n"),
        (["sandbox", "--set", "colour=red"], "Practice harbour has no field colour.\n"),
        (["sandbox", "--set", "red"], "“red” is not of the form NAME=VALUE.\n"),
    ],
)
def test_what_cannot_be_connected_here_says_what_can(
    mia: Person, town: Town, capsys: Shown, typed: list[str], said: str
) -> None:
    assert cli.dispatch(["channel", "connect", *typed, *AS_MIA]) == cli.EX_CONFIG

    assert said in capsys.readouterr().err
    assert not Channel.objects.exists()


def test_who_may_not_connect_in_the_browser_may_not_here(
    mia: Person, home: Path, capsys: Shown
) -> None:
    as_ann = ("--workspace", "harbour", "--as", "ann@example.test")

    assert cli.dispatch(["channel", "connect", "sandbox", *as_ann, "--set", "name=quay"]) == 1

    assert "does not allow this" in capsys.readouterr().err
    assert not Channel.objects.exists()


def test_a_check_that_finds_trouble_ends_with_one(
    mia: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    cli.dispatch(["channel", "connect", "harbour", *AS_MIA, "--set", "name=ann"])
    town.access.clear()
    town.fresh.clear()

    assert cli.dispatch(["channel", "check"]) == 1

    assert Channel.objects.get().state == "reconnect"


def test_rotating_seals_everything_with_a_new_key(quay: Channel, capsys: Shown) -> None:
    before = crypto.current_key()

    assert cli.dispatch(["channel", "rotate-keys"]) == 0

    after = crypto.current_key()
    assert after != before
    assert crypto.key_of(Credential.objects.get().sealed) == after
    assert f"Sealed with the new key {after}: 1 values." in capsys.readouterr().out
    assert cli.dispatch(["channel", "check"]) == 0


def test_a_key_that_is_gone_is_said(quay: Channel, settings: Settings, capsys: Shown) -> None:
    for file in Path(settings.SEALING_KEYS).iterdir():
        file.unlink()

    assert cli.dispatch(["channel", "rotate-keys"]) == 1

    assert "1 values do not open with any key that is here" in capsys.readouterr().err


def test_reconcile_says_that_all_agrees(quay: Channel, capsys: Shown) -> None:
    assert cli.dispatch(["reconcile", "harbour"]) == 0

    assert capsys.readouterr().out == "quay (sandbox): 0 agree.\n"


def test_reconcile_ends_with_three_when_it_cannot_look(quay: Channel, capsys: Shown) -> None:
    Credential.objects.update(sealed=b"")

    assert cli.dispatch(["reconcile", "harbour", "--channel", str(quay.pk)]) == EX_UNSEEN

    shown = capsys.readouterr()
    assert "unreadable" in shown.out
    assert "the network did not let us look" in shown.err


def test_reconcile_refuses_a_period_that_ends_before_it_begins(quay: Channel) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()

    assert (
        cli.dispatch(["reconcile", "harbour", "--since", tomorrow, "--until", yesterday])
        == cli.EX_CONFIG
    )
