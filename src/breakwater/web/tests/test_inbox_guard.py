"""Pages for a person in danger, for evidence, for what is set aside, and for an author's erasure."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.inbox.models import Contact, Draft, Grant, Helpline, Item, Kept, Setup, Thread
from breakwater.inbox.tests.world import (
    ABUSE,
    DANGER,
    KIM,
    LEO,
    NOW,
    QUESTION,
    arrive,
    said,
)
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"
THREAT = "I know where you live and I will kill you, you are dead"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def _item(remote_id: str = "a") -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def _page(client: Client, path: str) -> str:
    answer = client.get(f"{PAGE}{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_above_a_person_in_danger_stand_the_numbers_and_words_in_their_language(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said("Je n’en peux plus, je veux mourir ce soir, je vais me suicider", "a"))
    Item.objects.update(danger=True, category="danger", language="fr")
    Thread.objects.update(danger=True, category="danger", language="fr")

    page = _page(at_desk(ada), f"{_item().thread_id}/")

    assert "3114" in page
    assert "Nous nous inquiétons pour vous" in page
    assert "Parlez à quelqu’un maintenant\u00a0:\n3114" in page
    assert "Set it aside" not in page


def test_one_button_says_who_looks_after_it(quay: Channel, ada: Person) -> None:
    arrive(quay, said(DANGER, "a"))
    client = at_desk(ada)

    page = told(client, f"{PAGE}{_item().thread_id}/look-after/")

    assert "You look after it." in page
    assert _item().thread.assignee_id == ada.pk


def test_one_button_says_that_nobody_is_in_danger(quay: Channel, ada: Person) -> None:
    arrive(quay, said(DANGER, "a"))

    page = told(at_desk(ada), f"{PAGE}items/{_item().pk}/no-danger/")

    assert "Numbers that can be told" not in page
    assert (_item().danger, _item().danger_said) == (False, False)


def test_a_humane_draft_is_begun_and_not_sent(quay: Channel, ada: Person) -> None:
    arrive(quay, said(DANGER, "a"))
    client = at_desk(ada)

    told(client, f"{PAGE}{_item().thread_id}/humane-draft/author/")
    again = told(client, f"{PAGE}{_item().thread_id}/humane-draft/other/")

    draft = Draft.objects.get()
    assert "3114" in draft.text
    assert draft.person_id == ada.pk
    assert "left as it is" in again


def test_the_numbers_are_the_workspaces_own_once_changed(
    quay: Channel, ada: Person, mia: Person
) -> None:
    arrive(quay, said(DANGER, "a"))
    client = at_desk(mia)
    typed = {"kind": "help", "name": "Our doctor", "number": "01 23", "url": "", "note": ""}

    told(client, f"{PAGE}setup/helplines/add/", typed)

    page = _page(at_desk(ada), f"{_item().thread_id}/")
    assert "Our doctor" in page
    assert "3114" in page
    first = Helpline.objects.order_by("position")[0]
    told(client, f"{PAGE}setup/helplines/{first.pk}/remove/")
    told(client, f"{PAGE}setup/helplines/country/", {"country": "GB"})
    assert "116 123" in _page(at_desk(ada), f"{_item().thread_id}/")
    assert Setup.objects.get().country == "GB"
    assert not Helpline.objects.filter(pk=first.pk).exists()


def test_the_day_of_a_number_is_written_as_the_reader_writes_days(mia: Person) -> None:
    Person.objects.filter(pk=mia.pk).update(language="fr")

    page = _page(at_desk(mia), "setup/helplines/")

    assert "relevé le 28 novembre 2026" in page
    assert "2026-11-28" not in page


@pytest.mark.parametrize(
    ("number", "url", "says"),
    [
        ("", "", "A number or an address is needed"),
        ("", "javascript:alert(1)", "An address begins with https://"),
        ("", "http://a.example", "An address begins with https://"),
    ],
)
def test_a_line_that_reaches_nobody_is_refused(
    mia: Person, number: str, url: str, says: str
) -> None:
    typed = {"kind": "help", "name": "X", "number": number, "url": url, "note": ""}

    answer = at_desk(mia).post(f"{PAGE}setup/helplines/add/", typed)

    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Helpline.objects.exists()


def test_evidence_is_listed_without_words_and_opened_by_hand(
    quay: Channel, ada: Person, mia: Person
) -> None:
    arrive(quay, said(THREAT, "a"))
    told(at_desk(ada), f"{PAGE}items/{_item().pk}/keep/threat/")
    kept = Kept.objects.get()
    client = at_desk(mia)

    listed = _page(client, "evidence/")
    opened = client.post(f"{PAGE}evidence/{kept.pk}/open/", {"request": str(new_id())})

    assert "internet-signalement.gouv.fr" in listed
    assert "unchanged since" in listed
    assert THREAT not in listed
    assert THREAT in opened.content.decode()
    assert [one.person_id for one in Exposure.objects.all()] == [mia.pk]


def test_what_was_kept_is_read_in_the_readers_language_beside_its_exact_moment(
    quay: Channel, ada: Person, mia: Person
) -> None:
    arrive(quay, said(THREAT, "a"))
    told(at_desk(ada), f"{PAGE}items/{_item().pk}/keep/threat/")
    Person.objects.filter(pk=mia.pk).update(language="fr", zone="Europe/Paris")

    opened = at_desk(mia).post(
        f"{PAGE}evidence/{Kept.objects.get().pk}/open/", {"request": str(new_id())}
    )
    page = opened.content.decode()

    assert "28 novembre 2026 10:00" in page
    assert "2026-11-28T09:00:00+00:00" in page
    assert "Port d’entraînement" in page
    assert "sandbox" not in page.partition("<pre")[0].partition("<dl")[2]


def test_who_has_no_duty_is_told_for_whom_evidence_is(quay: Channel, ada: Person) -> None:
    arrive(quay, said(THREAT, "a"))
    told(at_desk(ada), f"{PAGE}items/{_item().pk}/keep/threat/")
    client = at_desk(ada)

    listed = _page(client, "evidence/")
    opened = client.post(f"{PAGE}evidence/{Kept.objects.get().pk}/open/")

    assert "unchanged since" not in listed
    assert opened.status_code == 403
    assert not Exposure.objects.exists()


def test_a_report_is_noted_with_its_reference(quay: Channel, mia: Person) -> None:
    arrive(quay, said(THREAT, "a"))
    client = at_desk(mia)
    told(client, f"{PAGE}items/{_item().pk}/keep/threat/")
    path = f"{PAGE}evidence/{Kept.objects.get().pk}/reported/"

    page = told(client, path, {"reported_at": "2026-11-28", "reference": "PV 7"})
    later = clock.now() + timedelta(days=3)
    early = client.post(path, {"reported_at": f"{later:%Y-%m-%d}", "reference": "PV 8"})
    oldest = client.post(path, {"reported_at": "0001-01-01", "reference": "x"})

    assert "PV 7" in page
    assert (early.status_code, oldest.status_code) == (400, 400)
    again = early.content.decode()
    assert f'value="{later:%Y-%m-%d}"' in again
    assert 'value="PV 8"' in again
    assert f'id="{Kept.objects.get().pk}_reported_at_error"' in again
    assert '<details class="follows" open>' in again
    assert Kept.objects.get().reference == "PV 7"


def test_an_image_of_a_minor_leaves_nothing_on_the_page(quay: Channel, ada: Person) -> None:
    arrive(quay, said("look at this one https://cove.example/1", "a"), said(QUESTION, "q", by=LEO))
    path = f"items/{_item().pk}/keep/minor/"
    offered, not_offered = (_page(at_desk(ada), f"{_item(one).thread_id}/") for one in "aq")

    asked = _page(at_desk(ada), path)
    assert not Kept.objects.exists()
    page = told(at_desk(ada), f"{PAGE}{path}")

    assert path in offered
    assert "keep/minor" not in not_offered
    assert "Nothing takes that back." in asked
    assert "look at this one" not in page
    assert "Its address alone is kept" in page


def test_the_folder_counts_and_shows_no_word(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    client = at_desk(ada)

    page = told(client, f"{PAGE}{_item().thread_id}/aside/")

    assert "1 conversation is set aside, unread." in page
    assert "1 message is being hidden on its network." in page
    assert "being hidden" in page
    assert ABUSE not in page
    assert KIM.name not in page
    out = told(client, f"{PAGE}{_item().thread_id}/out/")
    assert "Set it aside" in out


def test_what_nobody_needs_to_read_is_one_button(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO))
    Thread.objects.filter(pk=_item().thread_id).update(rank=0)
    client = at_desk(ada)

    home = _page(client, "")
    page = told(client, f"{PAGE}folder/offered/")

    assert "Set it aside, unread" in home
    assert "1 conversation is set aside, unread." in page
    assert [_item(one).thread.state for one in "ab"] == ["aside", "open"]


def test_a_helper_goes_through_it_one_by_one(
    quay: Channel, ada: Person, harbour_workspace: Workspace
) -> None:
    kim = member(harbour_workspace, Role.AGENT)
    arrive(quay, said(ABUSE, "a"))
    owner, helper = at_desk(ada), at_desk(kim)
    told(owner, f"{PAGE}{_item().thread_id}/aside/")
    until = f"{clock.now() + timedelta(days=1):%Y-%m-%d}"
    told(owner, f"{PAGE}folder/lend/", {"helper": str(kim.pk), "until": until})
    path = f"folder/through/{Grant.objects.get().pk}/"

    page = _page(helper, path)
    reveal, click = f"{PAGE}{path}{_item().pk}/reveal/text/", {"request": str(new_id())}
    shown = helper.post(reveal, click)
    by_htmx = helper.post(reveal, click, headers={"HX-Request": "true"})
    upto = re.findall(r'name="upto" value="(\d+)"', page)[0]
    typed = {"decision": "keep", "upto": upto}
    done = told(helper, f"{PAGE}{path}{_item().thread_id}/", typed)

    assert "stupid whore" not in page
    assert "stupid whore" in shown.content.decode()
    assert shown.content.decode().startswith("<!doctype html>")
    assert f'href="{PAGE}{path}"' in shown.content.decode()
    assert by_htmx.content.decode().strip().startswith("<li")
    assert "Nothing is set aside any more" in done
    assert [(e.person_id, e.on_behalf_of_id) for e in Exposure.objects.all()] == [(kim.pk, ada.pk)]
    assert owner.get(f"{PAGE}{path}").status_code == 404
    assert (_item().thread.state, Kept.objects.count()) == ("done", 1)


@pytest.mark.parametrize("until", ["9999-12-31", "9999-12-30", "0001-01-01"])
def test_nothing_is_lent_until_a_day_without_an_end(
    ada: Person, harbour_workspace: Workspace, until: str
) -> None:
    kim = member(harbour_workspace, Role.AGENT)

    page = at_desk(ada).post(f"{PAGE}folder/lend/", {"helper": str(kim.pk), "until": until})

    assert page.status_code == 400
    assert not Grant.objects.exists()


def test_what_came_after_the_page_was_shown_keeps_it_there_and_the_helper_is_told(
    quay: Channel, ada: Person, harbour_workspace: Workspace
) -> None:
    kim = member(harbour_workspace, Role.AGENT)
    arrive(quay, said(ABUSE, "a"))
    owner, helper = at_desk(ada), at_desk(kim)
    told(owner, f"{PAGE}{_item().thread_id}/aside/")
    until = f"{clock.now() + timedelta(days=1):%Y-%m-%d}"
    told(owner, f"{PAGE}folder/lend/", {"helper": str(kim.pk), "until": until})
    path = f"folder/through/{Grant.objects.get().pk}/"
    upto = re.findall(r'name="upto" value="(\d+)"', _page(helper, path))[0]
    arrive(quay, said(ABUSE, "b", minutes=1, parent="a"))

    typed = {"decision": "keep", "upto": upto}
    told_so = told(helper, f"{PAGE}{path}{_item().thread_id}/", typed)

    assert "Something else came meanwhile" in told_so
    assert [(_item(one).closed, _item(one).thread.state) for one in "ab"] == [
        (True, "aside"), (False, "aside"),
    ]  # fmt: skip
    assert Kept.objects.get().arrival == _item("a").pk


def test_an_author_is_found_handed_over_and_erased(quay: Channel, mia: Person) -> None:
    arrive(quay, said(QUESTION, "a"))
    client = at_desk(mia)
    contact = Contact.objects.get()

    found = _page(client, "setup/erasing/?who=%40kim")
    one = _page(client, f"setup/erasing/{contact.pk}/")
    file = client.post(f"{PAGE}setup/erasing/{contact.pk}/export/")
    unsure = client.post(f"{PAGE}setup/erasing/{contact.pk}/erase/")
    left = Contact.objects.count(), Item.objects.count()
    page = told(client, f"{PAGE}setup/erasing/{contact.pk}/erase/", {"sure": "on"})

    assert str(contact.pk) in found
    assert (unsure.status_code, left) == (400, (1, 1))
    assert 'id="id_sure_error"' in unsure.content.decode()
    assert "What stays" in one
    assert file.json()["messages"][0]["text"] == QUESTION
    assert re.search(r"Erased: 1 messages, 1 conversations", page)
    assert not Contact.objects.exists()
    assert client.get(f"{PAGE}setup/erasing/{contact.pk}/").status_code == 404
    assert NOW.year == 2026


def test_nobody_outside_does_any_of_it(quay: Channel, eve: Person, ann: Person) -> None:
    arrive(quay, said(THREAT, "a"))
    item, contact = _item(), Contact.objects.get()
    deeds = [
        f"{item.thread_id}/aside/", f"{item.thread_id}/look-after/", f"items/{item.pk}/keep/threat/",
        f"items/{item.pk}/no-danger/", f"setup/erasing/{contact.pk}/erase/",
    ]  # fmt: skip

    outside = [at_desk(eve).post(f"{PAGE}{one}").status_code for one in deeds]
    unable = [at_desk(ann).post(f"{PAGE}{one}").status_code for one in deeds]

    assert (outside, unable) == ([404] * 5, [403] * 5)
    assert (Kept.objects.count(), Contact.objects.count()) == (0, 1)
    assert _item().thread.state == "open"
