"""The button by one call, and what is done about a pause by others."""

import pytest
from tests.deliveries import MakeDelivery

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.channels.models import Channel
from breakwater.delivery.models import Hold
from breakwater.pauses.models import Pause
from breakwater.people.models import Person, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(bob: Person, harbour_workspace: Workspace) -> Caller:
    return Caller(make_token(bob, harbour_workspace))


def test_one_call_pauses_and_says_what_it_holds(queued: MakeDelivery, caller: Caller) -> None:
    queued()

    answer = said(caller.post("/w/harbour/pause", {"why": "A storm."}))

    assert (answer["held"], answer["leaving"], answer["out_day"]) == (1, [], 0)
    shown = said(caller.get(f"/w/harbour/pauses/{answer['pause_id']}"))
    assert (shown["pause"]["via"], shown["pause"]["state"], shown["held"]) == ("api", "open", 1)
    assert [one["id"] for one in said(caller.get("/w/harbour/pauses"))["items"]] == [
        answer["pause_id"]
    ]


def test_the_same_key_again_presses_once(caller: Caller) -> None:
    first = caller.post("/w/harbour/pause", {"why": "A storm."}, key="k")
    again = caller.post("/w/harbour/pause", {"why": "A storm."}, key="k")

    assert first.content == again.content
    assert Hold.objects.count() == 3


def test_a_token_without_the_right_neither_pauses_nor_lets_go(
    caller: Caller, bob: Person, harbour_workspace: Workspace
) -> None:
    weak = Caller(make_token(bob, harbour_workspace, ["see", "pause"]))
    none = Caller(make_token(bob, harbour_workspace, ["see"]))

    assert none.post("/w/harbour/pause", {"why": "A storm."}).status_code == 403
    assert not Pause.objects.exists()
    at = f"/w/harbour/pauses/{said(weak.post('/w/harbour/pause', {'why': 'A storm.'}))['pause_id']}"
    assert weak.post(f"{at}/resume", {}).status_code == 403
    assert weak.post(f"{at}/narrow", {"labels": ["fun"]}).status_code == 403
    assert Pause.objects.get().state == "open"


def test_it_is_closed_narrowed_looked_at_and_ended(caller: Caller, channel: Channel) -> None:
    at = f"/w/harbour/pauses/{said(caller.post('/w/harbour/pause', {'why': 'A storm.'}))['pause_id']}"

    assert said(caller.post(f"{at}/close", {"closed": ["deeds"]}))["closed"] == ["deeds"]
    narrowed = said(caller.post(f"{at}/narrow", {"channels": [str(channel.pk)]}))
    assert narrowed["pause"]["scope"]["channels"] == [str(channel.pk)]
    look = {"at": "2199-03-05T09:30:00Z", "why": "Still stormy."}
    assert said(caller.post(f"{at}/reevaluate", look))["reevaluate_at"] == "2199-03-05T09:30:00Z"
    ended = said(caller.post(f"{at}/resume", {}))
    assert (ended["pause"]["state"], ended["asks"]) == ("ended", 0)
    assert caller.post(f"{at}/close", {"closed": ["rules"]}).status_code == 409


def test_what_a_program_says_is_tagged_as_such(caller: Caller, channel: Channel) -> None:
    wish = {"text": "Yes.", "to_post": "1"}

    made = caller.post(f"/w/harbour/channels/{channel.pk}/answers", wish)

    assert made.status_code == 201
    assert "api" in channel.deliveries.get().tags
