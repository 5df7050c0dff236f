"""When the database is away, a page says so in the reader's language, and asks it nothing."""

import pytest
from django.test import Client

from breakwater.people.models import Person


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize(
    ("headers", "language"), [({}, "en"), ({"Accept-Language": "fr"}, "fr")]
)  # fmt: skip
def test_the_page_says_it_in_the_browsers_language(
    visitor: Client, headers: dict[str, str], language: str
) -> None:
    answer = visitor.get("/account/login/?next=/w/harbour/", headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    assert f'<html lang="{language}">' in page
    assert 'href="/account/login/?next=/w/harbour/"' in page
    if language == "en":
        assert "What was saved is safe, and nothing planned is lost or sent twice." in page
        assert "try again in a minute" in page


@pytest.mark.usefixtures("database_away")
def test_a_person_who_was_signed_in_is_told_too(visitor: Client) -> None:
    visitor.cookies["session"] = "a" * 32

    assert visitor.get("/").status_code == 503


@pytest.mark.usefixtures("database_away")
def test_a_form_is_not_offered_as_a_link(visitor: Client) -> None:
    page = visitor.post("/language/", {"language": "en"}, headers={"Cookie": ""})
    assert page.status_code in (302, 303)  # needs no database

    answer = visitor.post("/account/login/", {"login": "ann@example.test", "password": "x"})

    assert answer.status_code == 503
    assert "what you typed is still there" in answer.content.decode()
    assert "Try again</a>" not in answer.content.decode()


@pytest.mark.usefixtures("database_away")
def test_a_part_of_a_page_is_told_at_its_head(visitor: Client) -> None:
    answer = visitor.get("/account/login/", headers={"HX-Request": "true"})

    assert answer.status_code == 503
    assert answer["HX-Retarget"] == "#notices"
    assert answer.content.decode().lstrip().startswith('<div class="notice" data-tone="care"')


def test_the_browser_keeps_the_persons_language_for_that_day(client: Client, ann: Person) -> None:
    ann.language = "fr"
    ann.save()
    client.force_login(ann)

    first = client.get("/", headers={"Accept-Language": "en"})
    again = client.get("/")

    assert first.cookies["django_language"].value == "fr"
    assert "django_language" not in again.cookies
