"""The page of a drill: how far its clock is, and that its time is over."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.core import clock
from breakwater.drills.models import Drill
from breakwater.drills.services import Wish, begin
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.web.tests.quay import at_desk, member

MINUTES = 75


@pytest.fixture(autouse=True)
def _a_harbour(tmp_path: Path, settings: Settings) -> None:
    settings.NETWORKS_HOME = tmp_path / "networks"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (10, "10 of 75 min on the scenario’s clock"),
        (75, "75 of 75 min on the scenario’s clock"),
        (615, "All 75 min of the scenario are over"),
    ],
)
def test_once_its_time_is_over_the_page_says_so(
    harbour_workspace: Workspace, minutes: int, said: str
) -> None:
    mia = member(harbour_workspace, Role.MANAGER, name="mia")
    now = clock.now()
    wish = Wish(scenario="hijack", language="en", speed=1, people={})
    drill = begin(access(mia, harbour_workspace.slug, Right.INVITE), wish, now=now)
    Drill.objects.filter(pk=drill.pk).update(
        state="ended", began_at=now, ended_at=now + timedelta(minutes=minutes)
    )

    page = at_desk(mia).get(f"/w/{drill.workspace.slug}/drills/{drill.pk}/").content.decode()

    assert said in page
    assert ("are over" in page) is (minutes > MINUTES)
