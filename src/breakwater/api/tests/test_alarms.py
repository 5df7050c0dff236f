"""By the API: alarms are read without a text, and answered in the name of the token's person."""

from uuid import UUID

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.incidents.models import Incident
from breakwater.notices.models import Notice
from breakwater.pauses.models import Pause
from breakwater.people.models import Workspace
from breakwater.people.roles import Role
from breakwater.strays.models import Alarm
from breakwater.strays.tests.world import channel_of, post, shows

pytestmark = pytest.mark.django_db
VILE = "we own you now"


@pytest.fixture
def leo_calls(harbour_workspace: Workspace) -> Caller:
    """leo may respond; two posts are on the account that nobody sent."""
    channel = channel_of(harbour_workspace)
    shows(channel, post(VILE, "rogue-1"), post(f"{VILE} 2", "rogue-2"))
    make_member(harbour_workspace, leo := make_person("leo"), Role.MANAGER)
    return Caller(make_token(leo, harbour_workspace))


def _at() -> str:
    return f"/w/harbour/alarms/{Alarm.objects.get().pk}"


def test_an_alarm_is_read_without_a_word_of_its_posts(leo_calls: Caller) -> None:
    (listed,) = said(leo_calls.get("/w/harbour/alarms"))["items"]
    answer = leo_calls.get(_at())

    found = said(answer)
    assert (listed["id"], listed["state"], listed["answer"]) == (found["id"], "open", "")
    assert [one["remote_id"] for one in found["strays"]] == ["rogue-1", "rogue-2"]
    assert VILE not in answer.content.decode()


def test_fine_ends_it_once(leo_calls: Caller) -> None:
    codes = [leo_calls.post(f"{_at()}/fine").status_code for _ in range(2)]

    assert codes == [204, 409]
    alarm = Alarm.objects.get()
    assert (alarm.state, alarm.answer, alarm.via) == ("answered", "fine", "api")
    assert not Pause.objects.exists()


def test_wrong_holds_and_opens_one_incident(leo_calls: Caller) -> None:
    first = said(leo_calls.post(f"{_at()}/wrong", key="a"))
    again = said(leo_calls.post(f"{_at()}/wrong", key="a"))

    assert first == again
    assert Incident.objects.get().pk == UUID(first["incident_id"])
    assert Pause.objects.get().state == "open"


def test_contain_kills_the_token_that_asked_for_it(leo_calls: Caller) -> None:
    answer = leo_calls.post(f"{_at()}/contain", {"keep_channels": True})

    assert answer.status_code == 200
    assert Incident.objects.get().containment.keep_channels is True
    assert leo_calls.get("/w/harbour/alarms").status_code == 401


def test_help_rings_everybody_else_who_may_respond(leo_calls: Caller) -> None:
    assert leo_calls.post(f"{_at()}/help").status_code == 204

    told = Notice.objects.filter(code="alarm_help")
    assert [(one.person.name, one.data["who"], one.urgent) for one in told] == [
        ("Bob", "Leo", True)
    ]
