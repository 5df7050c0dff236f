"""`breakwater costs`: what this month costs, and the cap."""

import pytest
from tests.people import make_member, make_person

from breakwater.channels.installed import network
from breakwater.channels.meters import Holder, take
from breakwater.channels.models import Channel, SpendingCap
from breakwater.config import cli
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages a workspace that has posted a link at X."""
    person, now = make_person("mia"), clock.now()
    make_member(harbour_workspace, person, Role.MANAGER)
    quay = Channel.objects.create(
        workspace=harbour_workspace, network="x", origin="https://api.test", remote_id="1",
        handle="@quay", state="connected", state_at=now, created_at=now,
    )  # fmt: skip
    take(Holder(network("x").manifest, quay.pk, quay.workspace_id), "post_with_link", now=now)
    return person


def test_a_cap_is_set_and_taken_away(mia: Person, capsys: pytest.CaptureFixture[str]) -> None:
    cap = ["costs", "cap", "x", "--workspace", "harbour", "--as", mia.email]

    assert cli.dispatch([*cap, "12.50"]) == 0
    assert SpendingCap.objects.get().micros == 12_500_000
    assert capsys.readouterr().out.splitlines() == [
        "x  all                $0.20  of $12.50",
        "x  post_with_link  1  $0.20",
    ]
    assert cli.dispatch([*cap, "none"]) == 0
    assert not SpendingCap.objects.exists()


@pytest.mark.parametrize("amount", ["much", "inf", "0.0000001"])
def test_what_is_no_amount_changes_nothing(mia: Person, amount: str) -> None:
    cap = ["costs", "cap", "x", amount, "--workspace", "harbour", "--as", mia.email]

    assert cli.dispatch(cap) == 78
    assert not SpendingCap.objects.exists()


def test_who_may_not_cap_changes_nothing(mia: Person, ann: Person) -> None:
    assert (
        cli.dispatch(["costs", "cap", "x", "1", "--workspace", "harbour", "--as", ann.email]) == 1
    )

    assert not SpendingCap.objects.exists()
