"""`breakwater incident`: listed, and written out with roles instead of names."""

import json

import pytest

from breakwater.config import cli
from breakwater.core import clock
from breakwater.incidents.services import timeline, working
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access


def test_it_is_listed_and_written_out_by_roles(
    bob: Person, harbour_workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    by = access(bob, "harbour", Right.RESPOND)
    case = open_incident(by, Opening("bad_post", "A joke"), now=clock.now())
    working.give_role(by, case, "lead", bob.pk, now=clock.now())
    timeline.write(by, case, "The mayor called.", now=clock.now())

    assert cli.dispatch(["incident", "list", "harbour"]) == 0
    listed = capsys.readouterr().out
    assert cli.dispatch(["incident", "export", "harbour", "1"]) == 0
    text = capsys.readouterr().out
    assert cli.dispatch(["incident", "export", "harbour", "2"]) == 1

    written = json.loads(text)
    assert listed.startswith("1  bad_post  open")
    assert [one["by"] for one in written["timeline"]] == ["lead", "lead", "lead"]
    assert len(written["tasks"]) == 6
    assert str(bob.pk) not in text
    assert bob.name not in text
