"""`breakwater erase-author`: says what there is, writes it down, erases it; never of two at once."""

import json
from pathlib import Path

import pytest
from tests.people import make_member, make_person

from breakwater.config import cli
from breakwater.inbox.models import Contact, Item
from breakwater.inbox.tests.world import KIM, NOW, QUESTION, arrive, channel_of, said
from breakwater.networks.base import Author
from breakwater.people.models import Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(harbour_workspace: Workspace) -> list[str]:
    """kim asked something; mia manages."""
    make_member(harbour_workspace, make_person("mia"), Role.MANAGER)
    arrive(channel_of(harbour_workspace), said(QUESTION, "a"))
    return ["--workspace", "harbour", "--as", "mia@example.test"]


def test_it_says_what_there_is(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["erase-author", "@kim", *desk]) == 0

    said_ = capsys.readouterr().out
    assert "1 messages" in said_
    assert QUESTION not in said_
    assert Item.objects.count() == 1


def test_it_writes_down_and_erases(
    desk: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "kim.json"

    assert cli.dispatch(["erase-author", "kim", *desk, "--export", str(file), "--erase"]) == 0

    assert json.loads(file.read_text())["messages"][0]["text"] == QUESTION
    assert "Erased: 1 messages" in capsys.readouterr().out
    assert not Contact.objects.exists()


def test_a_file_that_is_there_is_left_alone(desk: list[str], tmp_path: Path) -> None:
    file = tmp_path / "kim.json"
    file.write_text("mine")

    done = cli.dispatch(["erase-author", "kim", *desk, "--export", str(file), "--erase"])

    assert done == cli.EX_CONFIG
    assert file.read_text() == "mine"
    assert Contact.objects.count() == 1


def test_of_several_none_is_erased_unnamed(
    desk: list[str], harbour_workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    arrive(harbour_workspace.channels.get(), said(QUESTION, "b", by=Author("2", "@kim", KIM.name)))

    assert cli.dispatch(["erase-author", "@kim", *desk, "--erase"]) == 1
    assert "Nothing was done" in capsys.readouterr().out
    first = Contact.objects.get(remote_id="k")
    assert cli.dispatch(["erase-author", str(first.pk), *desk, "--erase"]) == 0

    assert [one.remote_id for one in Contact.objects.all()] == ["2"]


def test_nobody_is_found_under_another_name(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["erase-author", "nobody", *desk, "--erase"]) == 1

    assert capsys.readouterr().out == "Nobody of that name wrote here.\n"
    assert Item.objects.get().at == NOW
