"""By the API: an incident is opened, decided on, and closed; and nothing by who may not respond."""

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.incidents.models import Incident, Verdict
from breakwater.people.models import Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db
HERE = "/w/harbour/incidents"


def caller(workspace: Workspace, role: str, name: str) -> Caller:
    make_member(workspace, person := make_person(name), role)
    return Caller(make_token(person, workspace))


def test_an_incident_goes_its_way(harbour_workspace: Workspace) -> None:
    leo = caller(harbour_workspace, Role.MANAGER, "leo")

    case = said(leo.post(HERE, {"kind": "bad_post", "title": "A joke"}))
    at = f"{HERE}/{case['id']}"
    advice = said(leo.post(f"{at}/advice", {"origin": "ours", "harm": ["tasteless"]}))
    wrong = leo.post(f"{at}/advice", {"origin": "martian"})
    signed = leo.post(
        f"{HERE}/advice/{advice['id']}/verdict", {"decision": "leave", "why": "We stand by it."}
    )
    leo.post(f"{at}/timeline", {"text": "The mayor called."})
    found = said(leo.get(at))
    closed = said(leo.post(f"{at}/close", {"why": "Nothing to learn."}))

    assert (case["number"], case["state"], advice["outcome"]) == (1, "open", "leave")
    assert wrong.status_code == 422
    assert signed.status_code == 201
    assert Verdict.objects.count() == 1
    assert [one["code"] for one in found["timeline"]] == ["said", "verdict", "advice", "opened"]
    assert len(found["tasks"]) == 6
    assert closed["state"] == "closed"


def test_who_may_not_respond_opens_none(harbour_workspace: Workspace) -> None:
    kim = caller(harbour_workspace, Role.AUTHOR, "kim")

    answer = kim.post(HERE, {"kind": "bad_post", "title": "A joke"})

    assert answer.status_code == 403
    assert not Incident.objects.exists()
