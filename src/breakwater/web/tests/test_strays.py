"""The page of what our accounts show, and the hours of posts made by hand."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.strays.models import Alarm, HandRule, Sighting, Watched
from breakwater.strays.tests.world import NOW, channel_of, ordered, post, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Client:
    """mia, who manages, signed in."""
    make_member(harbour_workspace, person := make_person("mia"), Role.MANAGER)
    client = Client()
    client.force_login(person)
    return client


def test_a_twin_is_asked_with_our_own_words_and_linked_by_a_button(
    mia: Client, quay: Channel, ann: Person
) -> None:
    row = ordered(quay, "Fog on the pier.", ann, state="missed")
    shows(quay, post("Fog on the pier.", "h1"))

    page = mia.get("/w/harbour/strays/").content.decode()
    answer = mia.post(f"/w/harbour/strays/{Sighting.objects.get().pk}/link/")

    assert "Is this yours?" in page
    assert "Fog on the pier." in page
    assert answer.status_code == 303
    assert Delivery.objects.get(pk=row.pk).state == "accepted"


def test_where_nothing_else_was_seen_the_page_says_it_plainly(mia: Client, quay: Channel) -> None:
    page = mia.get("/w/harbour/strays/").content.decode()

    assert "Only your own posts were seen" in page
    assert not Sighting.objects.exists()


def test_what_a_stranger_wrote_is_not_on_the_page(mia: Client, quay: Channel) -> None:
    shows(quay, post("Vile words of an intruder", "x1"))

    page = mia.get("/w/harbour/strays/").content.decode()
    incidents = mia.get("/w/harbour/incidents/").content.decode()

    assert "A post that did not leave from here" in page
    assert "An alarm is open" in page
    assert "An alarm is open" in incidents
    assert "Nothing is going wrong" not in incidents
    assert "Vile" not in page


def test_the_page_says_how_soon_a_stray_would_be_seen(mia: Client, quay: Channel) -> None:
    page = mia.get("/w/harbour/strays/").content.decode()

    assert "Every minute, when we look." in page


def test_a_twin_that_is_not_ours_is_an_alarm(mia: Client, quay: Channel, ann: Person) -> None:
    ordered(quay, "Fog", ann, state="held")
    shows(quay, post("Fog", "h1"))

    mia.post(f"/w/harbour/strays/{Sighting.objects.get().pk}/not-ours/")

    assert Alarm.objects.get().state == "open"


def test_hours_of_posts_made_by_hand_are_allowed_and_ended(mia: Client, quay: Channel) -> None:
    wish = {
        "channel": str(quay.pk), "weekdays": ["5", "6"], "begins": "09:00", "ends": "18:00",
        "why": "The fair", "until": (clock.now() + timedelta(days=1)).date().isoformat(),
    }  # fmt: skip

    made = mia.post("/w/harbour/strays/hand/", wish)
    rule = HandRule.objects.get()
    ended = mia.post(f"/w/harbour/strays/hand/{rule.pk}/end/")

    assert (made.status_code, ended.status_code) == (303, 303)
    assert (rule.weekdays, rule.why) == ([5, 6], "The fair")
    assert HandRule.objects.get().ended_at is not None


def test_a_rule_without_days_is_refused_beside_its_field(mia: Client, quay: Channel) -> None:
    wish = {"channel": str(quay.pk), "begins": "09:00", "ends": "18:00", "why": "The fair"}

    answer = mia.post("/w/harbour/strays/hand/", wish)

    assert answer.status_code == 400
    assert HandRule.objects.count() == 0


def test_a_sighting_of_another_workspace_is_not_there(
    mia: Client, quay: Channel, ann: Person
) -> None:
    other = Workspace.objects.create(name="Other", slug="other", created_at=NOW)
    theirs = channel_of(other, "9")
    shows(theirs, post("Free money", "x1"), now=NOW + timedelta(minutes=1))

    answer = mia.post(f"/w/harbour/strays/{Sighting.objects.get().pk}/ours/")

    assert answer.status_code == 404
    assert Sighting.objects.get().state == "stray"


def test_the_country_of_a_channel_is_said_and_kept(mia: Client, quay: Channel) -> None:
    answer = mia.post(f"/w/harbour/channels/{quay.pk}/country/", {"country": "fr"})
    refused = mia.post(f"/w/harbour/channels/{quay.pk}/country/", {"country": "France"})

    assert (answer.status_code, refused.status_code) == (303, 303)
    assert Channel.objects.get(pk=quay.pk).country == "FR"


def test_answers_are_watched_by_a_button_and_left_alone_by_another(
    mia: Client, quay: Channel
) -> None:
    page = mia.get("/w/harbour/strays/").content.decode()
    assert "Watch answers too" in page

    answer = mia.post(f"/w/harbour/strays/answers/{quay.pk}/", {"on": "yes"})

    assert answer.status_code == 303
    assert Watched.objects.get(channel=quay).answers is True
    page = mia.get("/w/harbour/strays/").content.decode()
    assert "Answers in its name that did not leave from here are an alarm, too." in page
    mia.post(f"/w/harbour/strays/answers/{quay.pk}/", {"on": "no"})
    assert Watched.objects.get(channel=quay).answers is False


def test_who_may_not_connect_channels_cannot_say_that_answers_are_left_alone(
    harbour_workspace: Workspace, quay: Channel
) -> None:
    Watched.objects.filter(channel=quay).update(answers=True)
    make_member(harbour_workspace, person := make_person("lea"), Role.AUTHOR)
    client = Client()
    client.force_login(person)

    answer = client.post(f"/w/harbour/strays/answers/{quay.pk}/", {"on": "no"})

    assert answer.status_code == 403
    assert Watched.objects.get(channel=quay).answers is True
