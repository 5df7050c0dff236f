"""By the API: how soon strays are seen on each channel, and whether answers are judged there."""

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.channels.models import Channel
from breakwater.people.models import Workspace
from breakwater.people.roles import Role
from breakwater.strays.models import Watched
from breakwater.strays.tests.world import channel_of

pytestmark = pytest.mark.django_db


def _caller(workspace: Workspace, role: Role) -> Caller:
    make_member(workspace, person := make_person("leo"), role)
    return Caller(make_token(person, workspace))


def test_answers_are_judged_from_now_on_where_somebody_said_so(
    harbour_workspace: Workspace,
) -> None:
    quay = channel_of(harbour_workspace)
    calls = _caller(harbour_workspace, Role.MANAGER)
    (before,) = said(calls.get("/w/harbour/watched"))["items"]
    assert (before["how"], before["every_s"], before["answers"]) == ("poll", 60, False)

    answer = calls.put(f"/w/harbour/watched/{quay.pk}", {"answers": True})

    assert answer.status_code == 200
    assert said(answer)["answers"] is True
    assert Watched.objects.get(channel=quay).answers is True


def test_a_channel_that_is_not_connected_is_not_found_and_nothing_changes(
    harbour_workspace: Workspace,
) -> None:
    quay = channel_of(harbour_workspace)
    Channel.objects.filter(pk=quay.pk).update(state="disconnected")
    calls = _caller(harbour_workspace, Role.MANAGER)

    answer = calls.put(f"/w/harbour/watched/{quay.pk}", {"answers": True})

    assert answer.status_code == 404
    assert Watched.objects.get(channel=quay).answers is False
