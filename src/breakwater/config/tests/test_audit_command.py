"""`breakwater audit`: what was touched is named, and a cut tail shows against printed heads."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from breakwater.audit.models import Entry, Head
from breakwater.audit.services import Fact, record
from breakwater.config import cli
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(harbour_workspace: Workspace, now: datetime) -> Workspace:
    """Five entries in Harbour's chain."""
    for number in range(5):
        fact = Fact(harbour_workspace.pk, "tried", "post", harbour_workspace.pk, {"n": number})
        record([fact], by=None, now=now)
    return harbour_workspace


def _unguarded(*statements: str) -> None:
    """As somebody with the database in hand would do it: the triggers are taken away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            cursor.execute(statement)


def test_a_sound_chain_holds(chain: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["audit", "verify"]) == 0

    assert capsys.readouterr().out == "The audit chain holds: 1 workspaces.\n"


@pytest.mark.parametrize(
    ("deed", "found"),
    [
        ("UPDATE audit_entry SET verb = 'other' WHERE number = 3", "entry 3 is changed"),
        ("DELETE FROM audit_entry WHERE number = 2", "entry 2 is missing"),
        (
            "DELETE FROM audit_entry WHERE number = 5",
            "entry 5 is missing, or not the one the head was sealed with",
        ),
    ],
)
def test_what_was_touched_is_named(
    chain: Workspace, capsys: pytest.CaptureFixture[str], deed: str, found: str
) -> None:
    _unguarded(deed)

    assert cli.dispatch(["audit", "verify"]) == 1

    assert capsys.readouterr().err == f"workspace {chain.pk}: {found}\n"


def test_a_cut_tail_shows_against_printed_heads(
    chain: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["audit", "heads"]) == 0
    printed = tmp_path / "heads.json"
    printed.write_text(capsys.readouterr().out)
    third = Entry.objects.get(number=3).seal
    _unguarded("DELETE FROM audit_entry WHERE number > 3")
    Head.objects.update(number=3, seal=third)

    assert cli.dispatch(["audit", "verify"]) == 0
    assert cli.dispatch(["audit", "verify", "--heads", str(printed)]) == 1

    assert capsys.readouterr().err == (
        f"workspace {chain.pk}: entry 5 is not the one that was printed\n"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}x", json.dumps({"no-uuid": [1, "s"]})])
def test_a_file_that_holds_no_heads_is_refused(
    chain: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (tmp_path / "heads.json").write_text(text)

    done = cli.dispatch(["audit", "verify", "--heads", str(tmp_path / "heads.json")])

    assert done == cli.EX_CONFIG
    assert "does not hold heads" in capsys.readouterr().err
