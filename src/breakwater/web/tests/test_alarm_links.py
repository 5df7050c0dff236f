"""The alarm from the phone: looking does nothing, each answer is one press, no word of a post is shown."""

import pytest
from django.test import Client
from tests.people import make_member, make_person

from breakwater.incidents.models import Incident
from breakwater.notices.models import Notice
from breakwater.pauses.models import Pause
from breakwater.people import links
from breakwater.people.models import Membership, Person, SignedLink, Workspace
from breakwater.people.roles import Role
from breakwater.strays.models import Alarm
from breakwater.strays.tests.world import channel_of, post, shows

VILE = "we own you now"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    make_member(harbour_workspace, person := make_person("mia"), Role.MANAGER)
    return person


@pytest.fixture
def address(mia: Person, harbour_workspace: Workspace) -> str:
    """What the mail of the alarm leads to."""
    shows(channel_of(harbour_workspace), post(VILE, "rogue-1"), post(f"{VILE} 2", "rogue-2"))
    link = SignedLink.objects.get(person=mia)
    SignedLink.objects.update(expires_at=link.expires_at.replace(year=2099))
    return links.address(link)


def test_looking_answers_nothing_and_shows_no_word(address: str, client: Client) -> None:
    page = client.get(address).content.decode()

    assert VILE not in page
    assert "2 posts" in page
    assert "Call for help" in page
    for deed in ("fine", "wrong", "contain", "help"):
        assert client.get(f"{address}{deed}/").status_code == 405
    assert Alarm.objects.get().state == "open"
    assert SignedLink.objects.get().uses == 0


def test_fine_from_the_phone_ends_it(address: str, mia: Person, client: Client) -> None:
    assert client.post(f"{address}fine/").status_code == 303

    alarm = Alarm.objects.get()
    assert (alarm.state, alarm.answer, alarm.via, alarm.answered_by) == (
        "answered", "fine", "link", mia,
    )  # fmt: skip
    assert not Pause.objects.exists()
    assert "Answered by Mia" in client.get(address).content.decode()


def test_ours_but_wrong_holds_and_deletes_nothing(address: str, client: Client) -> None:
    assert client.post(f"{address}wrong/").status_code == 303

    assert Pause.objects.get().via == "link"
    assert Incident.objects.count() == 1
    assert Alarm.objects.get().answer == "wrong"


def test_not_us_contains_and_the_link_goes_on(address: str, mia: Person, client: Client) -> None:
    signed_in = Client()
    signed_in.force_login(mia)

    assert client.post(f"{address}contain/", {"keep_channels": "on"}).status_code == 303
    assert client.post(f"{address}contain/").status_code == 303

    assert Incident.objects.get().containment.keep_channels is True
    assert Pause.objects.count() == 1
    assert signed_in.get("/profile/").status_code == 302
    assert client.get(address).status_code == 200


def test_help_rings_the_others(address: str, client: Client) -> None:
    assert client.post(f"{address}help/").status_code == 303

    (told,) = Notice.objects.filter(code="alarm_help")
    assert (told.person.name, told.urgent) == ("Bob", True)
    assert told.link is not None


def test_the_link_of_an_alarm_that_is_over_rings_nobody(address: str, client: Client) -> None:
    client.post(f"{address}fine/")

    assert client.post(f"{address}help/").status_code == 303

    assert not Notice.objects.filter(code="alarm_help").exists()
    assert "Somebody or something else was faster" in client.get(address).content.decode()


def test_who_answers_second_is_told_who_was_first(address: str, client: Client) -> None:
    client.post(f"{address}wrong/")
    client.post(f"{address}fine/")

    assert Alarm.objects.get().answer == "wrong"
    assert "Somebody or something else was faster" in client.get(address).content.decode()


def test_who_may_no_longer_respond_does_nothing(address: str, mia: Person, client: Client) -> None:
    Membership.objects.filter(person=mia).update(role=Role.AUTHOR)

    assert client.get(address).status_code == 403
    assert client.post(f"{address}contain/").status_code == 403
    assert Alarm.objects.get().state == "open"
    assert not Incident.objects.exists()
