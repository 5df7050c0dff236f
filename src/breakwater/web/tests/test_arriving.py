"""The first owner, signing in, an invitation from one browser to another."""

import re

import pytest
from django.core import mail
from django.test import Client
from tests.people import PASSWORD

from breakwater.people.models import Invitation, Membership, Person, Policy, Workspace
from breakwater.people.roles import Role

SETUP = {
    "name": "Ann Breton",
    "email": "Ann@Example.test",
    "password": PASSWORD,
    "language": "en",
    "zone": "Europe/Paris",
    "workspace": "Maison Kelp",
}


@pytest.mark.django_db
def test_the_first_visitor_is_led_to_set_up_and_is_signed_in(client: Client) -> None:
    assert client.get("/")["Location"] == "/setup/"
    assert client.get("/account/login/")["Location"] == "/setup/"

    answer = client.post("/setup/", SETUP)

    assert (answer.status_code, answer["Location"]) == (303, "/")
    ann = Person.objects.get()
    workspace = Workspace.objects.get()
    assert (ann.email, workspace.slug, workspace.policy) == (
        "ann@example.test",
        "maison-kelp",
        Policy.ONE,
    )
    home = client.get("/")
    assert home.status_code == 200
    assert "Maison Kelp" in home.content.decode()


@pytest.mark.django_db
def test_a_person_alone_has_no_approval_forced(client: Client) -> None:
    client.post("/setup/", {**SETUP, "alone": "on"})

    assert Workspace.objects.get().policy == Policy.NONE


@pytest.mark.django_db
def test_a_weak_password_is_said_at_its_field_and_nobody_is_made(client: Client) -> None:
    answer = client.post("/setup/", {**SETUP, "password": "MaisonKelp2026!!"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_password_error"' in page
    assert "Ann Breton" in page
    assert not Person.objects.exists()


def test_setting_up_is_over_once_somebody_is_there(client: Client, ann: Person) -> None:
    assert client.get("/setup/").status_code == 404
    assert client.post("/setup/", SETUP).status_code == 404
    assert Person.objects.count() == 1


def test_a_password_is_advised_on_in_words(client: Client, ann: Person) -> None:
    ask = {"password": "Harbour2026!", "workspace": "Harbour"}

    weak = client.post("/password-advice/", ask, headers={"HX-Request": "true"})
    good = client.post("/password-advice/", {"password1": PASSWORD})
    none = client.post("/password-advice/", {})

    assert "15" in weak.content.decode()
    assert "Harbour2026!" not in weak.content.decode()
    assert "Nobody will guess" in good.content.decode()
    assert "notice" not in none.content.decode()


def test_signing_in_and_out(client: Client, ann: Person) -> None:
    page = client.get("/account/login/?next=/notices/")
    assert page.status_code == 200

    given = {"login": "ann@example.test", "password": PASSWORD, "next": "/notices/"}
    answer = client.post("/account/login/", given)

    assert answer["Location"] == "/notices/"
    assert client.get("/notices/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/notices/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_said_alike(
    client: Client, ann: Person
) -> None:
    wrong = client.post("/account/login/", {"login": ann.email, "password": "not it at all"})
    unknown = client.post("/account/login/", {"login": "x@example.test", "password": "not it"})

    said = re.findall(r'<div class="notice".*?</div>\s*</div>', wrong.content.decode(), re.DOTALL)
    assert said
    assert said == re.findall(
        r'<div class="notice".*?</div>\s*</div>', unknown.content.decode(), re.DOTALL
    )


def test_an_invitation_goes_from_one_browser_to_another(
    client: Client, bob: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.MANAGER)
    client.force_login(bob)

    answer = client.post(
        "/w/harbour/people/invite/", {"email": "kim@example.test", "role": "author"}
    )

    shown = answer.content.decode()
    found = re.search(r"/invitation/([\w-]+)/", shown)
    assert found
    assert "No mail was sent" in shown
    assert mail.outbox == []
    assert found[1] not in client.get("/w/harbour/people/").content.decode()

    kim = Client()
    page = kim.get(found[0]).content.decode()
    assert "Come into Harbour" in page
    assert "kim@example.test" in page
    given = {"name": "Kim", "password": PASSWORD, "language": "fr", "zone": "Europe/Paris"}
    answer = kim.post(found[0], given)
    assert (answer.status_code, answer["Location"]) == (303, "/w/harbour/")
    member = Membership.objects.get(person__email="kim@example.test")
    assert (member.role, member.person.language) == (Role.AUTHOR, "fr")
    assert kim.get("/w/harbour/people/").status_code == 200

    assert Client().get(found[0]).status_code == 404


def test_an_invitation_is_not_for_somebody_else_who_is_signed_in(
    client: Client, bob: Person, eve: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.MANAGER)
    client.force_login(bob)
    shown = client.post("/w/harbour/people/invite/", {"email": "kim@example.test", "role": "agent"})
    link = re.search(r"/invitation/[\w-]+/", shown.content.decode())
    assert link
    other = Client()
    other.force_login(eve)

    answer = other.post(link[0])

    assert answer.status_code == 403
    assert not Membership.objects.filter(person=eve).exists()
    assert Invitation.objects.get().accepted_at is None


def test_the_password_pages_are_there(client: Client, ann: Person) -> None:
    asked = client.get("/account/password/reset/")
    assert "sends no mail" in asked.content.decode()
    assert client.get("/account/password/reset/done/").status_code == 200
    assert "no longer works" in client.get("/account/password/reset/key/1-x/").content.decode()
    assert client.get("/account/password/reset/key/done/").status_code == 200
    client.force_login(ann)
    assert client.get("/account/password/change/").status_code == 200


def test_a_password_is_changed_and_other_browsers_are_signed_out(
    client: Client, ann: Person
) -> None:
    other = Client()
    other.force_login(ann)
    client.force_login(ann)
    fresh = "pebble violet orchard mondays"

    answer = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )

    assert answer.status_code == 302
    ann.refresh_from_db()
    assert ann.check_password(fresh)
    assert client.get("/profile/").status_code == 200
    assert other.get("/profile/").status_code == 302
