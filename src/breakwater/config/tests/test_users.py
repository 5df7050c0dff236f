"""`breakwater user`: persons from the command line."""

import io
import sys

import pytest

from breakwater.config import cli
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db

STRONG = "kelp lantern moored quietly"


def _typed(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))


def test_the_first_person_owns_a_new_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, STRONG)

    done = cli.dispatch(
        ["user", "create", "ann@example.test", "--name", "Ann", "--workspace", "Harbour"]
    )

    assert done == 0
    member = Membership.objects.get()
    assert (member.person.email, member.workspace.name, member.role) == (
        "ann@example.test",
        "Harbour",
        Role.OWNER,
    )
    assert member.person.check_password(STRONG)


def test_a_weak_password_makes_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _typed(monkeypatch, "MotDePasse2026!")

    done = cli.dispatch(
        ["user", "create", "ann@example.test", "--name", "Ann", "--workspace", "Harbour"]
    )

    assert done == cli.EX_PROBLEM
    assert capsys.readouterr().err
    assert not Person.objects.exists()
    assert not Workspace.objects.exists()


def test_a_further_person_joins_with_a_role(
    monkeypatch: pytest.MonkeyPatch, harbour_workspace: Workspace
) -> None:
    _typed(monkeypatch, STRONG)

    done = cli.dispatch(
        ["user", "create", "kim@example.test", "--name", "Kim", "--workspace", "harbour",
         "--role", "manager"]
    )  # fmt: skip

    assert done == 0
    assert Membership.objects.get(person__email="kim@example.test").role == Role.MANAGER


def test_a_made_password_is_shown_once_and_works(
    ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["user", "set-password", "ann@example.test", "--generate"]) == 0

    shown = capsys.readouterr().out.strip().rpartition(": ")[2]
    ann.refresh_from_db()
    assert ann.check_password(shown)


def test_a_stranger_has_no_password_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    done = cli.dispatch(["user", "set-password", "eve@example.test", "--generate"])

    assert done == cli.EX_PROBLEM
    assert capsys.readouterr().err == "Nobody here has the address eve@example.test.\n"


def test_the_list_names_roles(
    harbour_workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["user", "list"]) == 0

    assert capsys.readouterr().out == (
        "ann@example.test  Ann  harbour: author\nbob@example.test  Bob  harbour: approver\n"
    )
