"""Whom a channel follows, as the practice harbour says, and following no more."""

from pathlib import Path

import pytest
import pytest_django

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.tests.world import channel_of
from breakwater.people.models import Person, Workspace
from breakwater.web.tests.quay import at_desk, practice_channel, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings: pytest_django.Settings, tmp_path: Path) -> None:
    """Keys and networks of this test alone."""
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.SPOOL = tmp_path / "spool"


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person) -> Channel:
    return practice_channel(harbour_workspace, ann)


def test_it_is_read_page_by_page_and_left_from_there(quay: Channel, ada: Person) -> None:
    client, place = at_desk(ada), f"/w/harbour/channels/{quay.pk}/"
    path = f"{place}following/"

    first = client.get(path).content.decode()
    more = first.partition('href="?after=')[2].partition('"')[0]
    second = client.get(f"{path}?after={more}").content.decode()
    person = first.partition('name="person" value="')[2].partition('"')[0]
    click = {"person": person, "request": str(new_id())}
    after = told(client, f"{path}unfollow/", click)
    told(client, f"{path}unfollow/", click)

    assert path in client.get(place).content.decode()
    assert first.count('name="person"') == 3
    assert person not in second
    assert "From the beginning" in second
    row = Delivery.objects.get()
    assert (row.deed, row.payload["target"]) == ("unfollow", person)
    assert "Is soon followed no more" in after
    assert after.count('name="person"') == 2


def test_a_network_that_does_not_say_is_not_asked(
    harbour_workspace: Workspace, ada: Person
) -> None:
    channel = channel_of(harbour_workspace, "9", network="facebook")

    page = at_desk(ada).get(f"/w/harbour/channels/{channel.pk}/following/")

    assert page.status_code == 200
    assert "Facebook does not say whom a Page follows." in page.content.decode()


def test_only_who_answers_people_unfollows(quay: Channel, ann: Person, eve: Person) -> None:
    path = f"/w/harbour/channels/{quay.pk}/following/"

    page = at_desk(ann).get(path).content.decode()
    statuses = [at_desk(who).post(f"{path}unfollow/").status_code for who in (ann, eve)]

    assert 'name="person"' not in page
    assert statuses == [403, 404]
    assert not Delivery.objects.exists()
