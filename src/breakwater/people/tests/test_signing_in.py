"""allauth as it is set up: no sign-up, limits that several processes share, no lock-out."""

from collections.abc import Callable

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.core import mail, signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test import Client, RequestFactory

from breakwater.people.models import Person

MakeRequest = Callable[[], WSGIRequest]


@pytest.fixture
def visit(rf: RequestFactory) -> MakeRequest:
    """A visitor's request to the sign-in page."""
    return lambda: rf.post("/account/login/")


def attempt(request: WSGIRequest, email: str, password: str) -> Person | None:
    found = get_adapter().authenticate(request, email=email, password=password)
    assert found is None or isinstance(found, Person)
    return found


def test_nobody_signs_up(visit: MakeRequest) -> None:
    assert get_adapter().is_open_for_signup(visit()) is False


def test_limits_are_remembered_where_all_processes_look(db: None) -> None:
    cache.set("a-limit", 1, 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone() == (1,)


def test_it_is_the_address_and_its_password(ann: Person, visit: MakeRequest, password: str) -> None:
    assert authenticate(visit(), email="ANN@example.test", password=password) == ann
    assert authenticate(visit(), email="ann@example.test", password=password + "x") is None
    assert authenticate(visit(), email="nobody@example.test", password=password) is None
    Person.objects.filter(pk=ann.pk).update(is_active=False)
    assert authenticate(visit(), email="ann@example.test", password=password) is None


@pytest.mark.slow
def test_guessing_stops_and_does_not_lock_the_person_out(
    ann: Person, visit: MakeRequest, password: str
) -> None:
    for _ in range(5):
        assert attempt(visit(), ann.email, "a wrong guess") is None
    with pytest.raises(ValidationError):
        attempt(visit(), ann.email, password)

    at_home = visit()
    at_home.META["REMOTE_ADDR"] = "192.0.2.7"
    at_home.COOKIES["device"] = signing.dumps(str(ann.pk), salt="device")
    assert attempt(at_home, ann.email, password) == ann
    forged = visit()
    forged.META["REMOTE_ADDR"] = "192.0.2.8"
    forged.COOKIES["device"] = signing.dumps(str(ann.pk), salt="something else")
    with pytest.raises(ValidationError):
        attempt(forged, ann.email, password)


@pytest.mark.slow
def test_the_device_of_another_person_is_no_help(
    ann: Person, eve: Person, visit: MakeRequest, password: str
) -> None:
    for _ in range(5):
        attempt(visit(), ann.email, "a wrong guess")

    of_eve = visit()
    of_eve.META["REMOTE_ADDR"] = "192.0.2.9"
    of_eve.COOKIES["device"] = signing.dumps(str(eve.pk), salt="device")
    with pytest.raises(ValidationError):
        attempt(of_eve, ann.email, password)


def test_password_rules_are_the_ones_of_the_page(ann: Person) -> None:
    with pytest.raises(ValidationError):
        get_adapter().clean_password("MotDePasse2026!", user=ann)

    assert len(settings.AUTH_PASSWORD_VALIDATORS) == 3


@pytest.mark.urls("breakwater.people.tests.addresses")
def test_signing_in_over_the_page_remembers_the_device(
    ann: Person, client: Client, password: str
) -> None:
    answer = client.post("/account/login/", {"login": ann.email, "password": password})

    assert answer.status_code == 302
    cookie = answer.cookies["device"]
    assert signing.loads(cookie.value, salt="device") == str(ann.pk)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.urls("breakwater.people.tests.addresses")
def test_a_reset_answers_alike_and_mails_whoever_it_is(ann: Person, client: Client) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in ("ann@example.test", "nobody@example.test")
    ]

    assert [(one.status_code, one["location"]) for one in answers] == [
        (302, "/account/password/reset/done/")
    ] * 2
    assert [one.to for one in mail.outbox] == [["ann@example.test"], ["nobody@example.test"]]
    assert "/account/password/reset/key/" in str(mail.outbox[0].body)
    assert "/account/password/reset/key/" not in str(mail.outbox[1].body)
