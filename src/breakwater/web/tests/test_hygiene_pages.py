"""How an account is locked, on its page and by machines."""

import pytest
from django.test import Client

from breakwater.channels.models import Channel
from breakwater.hygiene.models import Holder, Posture
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
BADLY = {"unique_password": "no", "in_manager": "unknown", "mfa": "no"}


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def _page(quay: Channel) -> str:
    return f"/w/harbour/channels/{quay.pk}/hygiene/"


def test_what_is_said_is_shown_with_who_said_it_and_warned_of(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)

    page = told(client, f"{_page(quay)}declare/", BADLY)

    assert "Last said by Mia" in page
    assert "whoever guesses the password has the account" in page
    assert Posture.objects.get().mfa == "no"
    status = client.get("/w/harbour/status/").content.decode()
    assert "is said to be off" in status


def test_people_with_access_are_listed_and_ended(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)
    wish = {"name": "Quill & Co", "kind": "agency", "ends_on": "2020-01-31"}

    page = told(client, f"{_page(quay)}people/", wish)
    ended = told(client, f"{_page(quay)}people/{Holder.objects.get().pk}/ended/")

    assert "Quill &amp; Co" in page
    assert "should have ended" in page
    assert "Quill" not in ended


def test_the_page_says_what_is_known_to_those_who_may_not_change_it(
    bob: Person, mia: Person, quay: Channel
) -> None:
    at_desk(mia).post(f"{_page(quay)}declare/", BADLY)
    page = at_desk(bob).get(_page(quay)).content.decode()

    assert "Not known" in page
    assert "declare/" not in page
    assert at_desk(bob).post(f"{_page(quay)}declare/", BADLY).status_code == 403


def test_the_field_for_a_password_could_not_be_sent_by_a_form(mia: Person, quay: Channel) -> None:
    page = Client()
    page.force_login(mia)
    shown = page.get(_page(quay)).content.decode()

    before, _field, after = shown.partition('id="strength"')
    field = before[before.rindex("<") :] + after[: after.index(">")]
    assert "name=" not in field
    assert 'autocomplete="off"' in field
    assert before.count("<form") == before.count("</form>")
