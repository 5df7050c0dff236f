"""Reports that wait stand on a page with their age, until somebody says what became of them."""

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Item, Reported
from breakwater.inbox.tests.world import ABUSE, LEO, arrive, said
from breakwater.people.models import Person
from breakwater.web.tests.quay import at_desk, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/reports/"


def reported(person: Person, remote_id: str) -> Reported:
    item = Item.objects.get(arrival__remote_id=remote_id)
    path = f"/w/harbour/inbox/items/{item.pk}/deeds/report/"
    assert at_desk(person).post(path, {"reason": "rude"}).status_code == 303
    return Reported.objects.get(item=item)


def test_a_report_waits_with_its_reference_and_is_decided(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    report = reported(ada, "a")
    reported(ada, "b")
    Delivery.objects.update(state="taken", remote_id="r-77")
    client = at_desk(ada)

    page = client.get(PAGE).content.decode()
    decided = {"outcome": "rejected", "seen": "", "note": "Their mail of Monday."}
    after = told(client, f"{PAGE}{report.pk}/", decided)

    assert page.count("r-77") == 2
    assert "Reported, as the network says" in page
    assert "Insult, hate or harassment" in page
    assert "today" in page
    assert ABUSE not in page
    assert "It is on record." in after
    assert "The network saw nothing wrong" in after
    assert "Their mail of Monday." in after


def test_who_saw_an_older_outcome_is_told(quay: Channel, ada: Person, ann: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    report = reported(ada, "a")
    client, path = at_desk(ada), f"{PAGE}{report.pk}/"
    client.post(path, {"outcome": "upheld", "seen": ""})

    statuses = [
        client.post(path, {"outcome": "rejected", "seen": ""}).status_code,
        client.post(path, {"outcome": "perhaps", "seen": "upheld"}).status_code,
        at_desk(ann).post(path, {"outcome": "appealed", "seen": "upheld"}).status_code,
    ]

    assert statuses == [409, 400, 403]
    assert Reported.objects.get().outcome == "upheld"


def test_what_was_typed_about_a_report_is_there_still_when_it_is_refused(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    report = reported(ada, "a")
    client, path = at_desk(ada), f"{PAGE}{report.pk}/"

    unsaid = client.post(path, {"outcome": "", "seen": "", "note": "Their mail of Monday."})
    Reported.objects.update(outcome="upheld")
    late = client.post(path, {"outcome": "rejected", "seen": "", "note": "Their mail of Monday."})

    for answer, status in ((unsaid, 400), (late, 409)):
        assert answer.status_code == status
        assert 'value="Their mail of Monday."' in answer.content.decode()
        assert "<details open>" in answer.content.decode()
    assert f'id="{report.pk}_outcome_error"' in unsaid.content.decode()
    assert 'name="seen" value="upheld"' in late.content.decode()
    assert Reported.objects.get().note == ""


def test_while_nothing_waits_it_says_so(quay: Channel, ada: Person) -> None:
    assert "No report waits" in at_desk(ada).get(PAGE).content.decode()
