"""Guidelines on their pages, and what a writer reads of them."""

import re

import pytest
from django.test import Client

from breakwater.guidelines.models import Guideline
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests import drafts
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/settings/guidelines/"
CLAUSE = "We sell nothing with words of violence."
WISH = {"words": "killer deal\r\n\r\nexplosive", "effect": "block", "clause": CLAUSE}


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def _add(client: Client) -> str:
    answer = client.post(f"{PAGE}new/words/", WISH)
    assert answer.status_code == 303
    return str(answer["Location"])


def test_it_is_written_tried_turned_on_and_off_on_its_page(mia: Person) -> None:
    client = at_desk(mia)
    page = _add(client)

    untried = client.get(page).content.decode()
    tried = client.post(f"{page}try/").content.decode()
    on = told(client, f"{page}switch/", {"on": "1"})
    row = Guideline.objects.get()

    assert "was not tried yet" in untried
    assert "Turn it on" not in untried
    assert "Turn it on" in tried
    assert "It is on, and meets no planned post." in on
    assert (row.on, row.value) == (True, {"words": ["killer deal", "explosive"]})
    client.post(f"{page}switch/", {"on": "0"})
    assert not Guideline.objects.get().on
    assert CLAUSE in client.get(PAGE).content.decode()


def test_what_cannot_be_is_said_beside_its_field(mia: Person) -> None:
    wish = {"pattern": "(a+)+$", "effect": "warn", "clause": "No."}

    answer = at_desk(mia).post(f"{PAGE}new/pattern/", wish)

    assert answer.status_code == 400
    assert "takes too long on some texts" in answer.content.decode()
    assert not Guideline.objects.exists()


@pytest.mark.parametrize("kind", ["words", "pattern", "domain", "hours", "day"])
def test_each_kind_has_its_form_with_what_a_review_found_filled_in(kind: str, mia: Person) -> None:
    page = at_desk(mia).get(f"{PAGE}new/{kind}/?clause=Never+again.").content.decode()

    assert "Never again." in page
    assert page.count('name="effect"') == 2


def test_hours_and_days_come_back_as_they_were_typed(mia: Person) -> None:
    client = at_desk(mia)
    wish = {
        "begins": "22:00", "ends": "07:00", "weekdays": ["4", "5"], "effect": "warn",
        "clause": "We sleep.", "since": "2026-11-01", "until": "2026-11-30",
    }  # fmt: skip

    page = client.get(client.post(f"{PAGE}new/hours/", wish)["Location"]).content.decode()

    row = Guideline.objects.get()
    assert row.value == {"from": "22:00", "to": "07:00", "weekdays": [4, 5]}
    assert row.until is not None
    assert row.until.isoformat() == "2026-11-30T23:00:00+00:00"
    assert 'value="2026-11-30"' in page
    assert 'value="22:00"' in page
    assert len(re.findall(r'name="weekdays"[^>]*checked', page)) == 2


def test_a_writer_reads_the_sentence_and_the_words_that_it_meets(
    ann: Person, mia: Person, harbour_workspace: Workspace
) -> None:
    quay = drafts.channel(harbour_workspace, "@quay")
    manager = at_desk(mia)
    page = _add(manager)
    manager.post(f"{page}try/")
    manager.post(f"{page}switch/", {"on": "1"})
    post = drafts.draft(ann, quay, text="A killer deal!")

    shown = at_desk(ann).get(f"/w/harbour/posts/{post.pk}/edit/").content.decode()

    assert "A guideline stops this (“killer deal”): We sell nothing" in shown


def test_it_is_gone_when_it_is_removed(mia: Person) -> None:
    client = at_desk(mia)
    page = _add(client)

    client.post(f"{page}remove/")

    assert not Guideline.objects.exists()
    assert client.get(page).status_code == 404
