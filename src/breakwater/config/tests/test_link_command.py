"""`breakwater link pause`: the duty phone's address, printed for whoever may pause."""

import pytest

from breakwater.config import cli
from breakwater.people import links
from breakwater.people.models import Membership, Person, SignedLink, Workspace
from breakwater.people.roles import Role


def test_it_prints_the_address_and_until_when(
    harbour_workspace: Workspace, ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.dispatch(["link", "pause", ann.email]) == 0

    link = SignedLink.objects.get()
    printed = capsys.readouterr().out
    assert f"http://127.0.0.1:8000{links.address(link)}\n" in printed
    assert f"It pauses Harbour in the name of Ann until {link.expires_at:%Y-%m-%d}." in printed


def test_it_asks_which_workspace_and_makes_none_for_who_may_not(
    harbour_workspace: Workspace, other_workspace: Workspace, ann: Person, eve: Person,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    Membership.objects.create(
        workspace=other_workspace, person=ann, role=Role.MANAGER, created_at=ann.created_at
    )

    assert cli.dispatch(["link", "pause", ann.email]) != 0
    assert "--workspace elsewhere | harbour" in capsys.readouterr().err
    assert cli.dispatch(["link", "pause", eve.email, "--workspace", "harbour"]) != 0
    assert not SignedLink.objects.exists()
