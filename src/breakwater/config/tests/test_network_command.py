"""`breakwater network …` and `breakwater user administrator`, as typed at a terminal."""

import io

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import AppKeys
from breakwater.channels.tests.conftest import dock, home
from breakwater.channels.tests.dock import CLIENT, DockTown
from breakwater.config import cli
from breakwater.people.models import Person, Workspace

__all__ = ["dock", "home"]  # fixtures
Shown = pytest.CaptureFixture[str]
AS_ANN = ("--as", "ann@example.test")
CANARY = CLIENT["client_secret"]


@pytest.fixture
def admin(ann: Person, harbour_workspace: Workspace, dock: DockTown, capsys: Shown) -> Person:
    """ann, named on the command line."""
    assert cli.dispatch(["user", "administrator", "ann@example.test"]) == 0
    assert capsys.readouterr().out == "ann@example.test looks after this installation.\n"
    return ann


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CLIENT['client_id']}\n{CANARY}\n"))


def test_the_list_says_what_is_missing(admin: Person, capsys: Shown) -> None:
    assert cli.dispatch(["network", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.startswith("dock ")).split() == [
        "dock", "Dock", "keys", "are", "missing", "0", "channels"
    ]  # fmt: skip


def test_the_guide_says_what_to_make_and_paste(admin: Person, capsys: Shown) -> None:
    assert cli.dispatch(["network", "guide", "dock"]) == 0

    said = capsys.readouterr().out
    for part in ("1. Make an app there.", "/channels/callback", "To listen: comments, who",
                 "takes 2 to 4 weeks", "- A film of how you use it."):  # fmt: skip
        assert part in said


def test_keys_are_read_from_the_standard_input_and_checked(
    admin: Person, piped: None, capsys: Shown
) -> None:
    assert cli.dispatch(["network", "keys", "dock", *AS_ANN]) == 0

    said = capsys.readouterr()
    assert said.out == "The keys are kept, sealed.\nDock knows the keys.\n"
    assert CANARY not in said.out + said.err + repr(list(Entry.objects.values()))
    assert AppKeys.objects.get().changed_by == admin


def test_keys_that_are_not_known_end_with_one(
    admin: Person, dock: DockTown, piped: None, capsys: Shown
) -> None:
    dock.known_secret = "another"

    assert cli.dispatch(["network", "keys", "dock", *AS_ANN]) == 1
    assert cli.dispatch(["network", "check", "dock"]) == 1

    assert "does not know these keys" in capsys.readouterr().err


def test_only_an_administrator_changes_them(
    admin: Person, bob: Person, piped: None, capsys: Shown
) -> None:
    for typed in (["keys", "dock"], ["forget", "dock"], ["review", "dock", "asked"]):
        assert cli.dispatch(["network", *typed, "--as", "bob@example.test"]) == cli.EX_PROBLEM
    assert "only whoever looks after it" in capsys.readouterr().err
    assert not AppKeys.objects.exists()


def test_review_and_forgetting(admin: Person, piped: None, capsys: Shown) -> None:
    cli.dispatch(["network", "keys", "dock", *AS_ANN])

    assert cli.dispatch(["network", "review", "dock", "granted", *AS_ANN]) == 0
    assert AppKeys.objects.get().review == "granted"
    assert cli.dispatch(["network", "review", "dock", "none", *AS_ANN]) == 0
    assert AppKeys.objects.get().review == ""
    assert cli.dispatch(["network", "forget", "dock", *AS_ANN]) == 0
    assert not AppKeys.objects.exists()


@pytest.mark.parametrize(
    ("slug", "said"), [("nowhere", "Installed networks:"), ("pier", "pier asks for no keys.")]
)
def test_a_wrong_network_is_said(admin: Person, slug: str, said: str, capsys: Shown) -> None:
    assert cli.dispatch(["network", "guide", slug]) == cli.EX_CONFIG
    assert said in capsys.readouterr().err


def test_an_administrator_is_named_and_no_longer(admin: Person, capsys: Shown) -> None:
    cli.dispatch(["user", "list"])
    assert "administrator, harbour: author" in capsys.readouterr().out

    assert cli.dispatch(["user", "administrator", "ann@example.test", "--no-longer"]) == 0
    assert not Person.objects.get(pk=admin.pk).administrator
    assert [one.verb for one in Entry.objects.order_by("number")] == [
        "person.made_administrator",
        "person.administrator_no_longer",
    ]
