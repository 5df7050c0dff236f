"""What every answer carries: policy, no-store, an id, the reader's language, problems in words."""

import re

import pytest
from django.test import Client

from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role


def test_scripts_need_the_nonce_of_this_answer(client: Client, ann: Person) -> None:
    client.force_login(ann)
    one, other = client.get("/"), client.get("/")

    policy = one["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert f'nonce="{nonce[1]}"' in one.content.decode()
    assert nonce[1] not in other["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert '"allowEval":false' in one.content.decode()


def test_a_page_is_kept_by_no_cache_and_has_an_id(client: Client, ann: Person) -> None:
    answer = client.get("/account/login/", headers={"X-Request-ID": "from-the-proxy-1"})

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Request-ID"] == "from-the-proxy-1"
    forged = client.get("/account/login/", headers={"X-Request-ID": "x\ty<script>"})
    assert re.fullmatch(r"[0-9a-f]{16}", forged["X-Request-ID"])


def test_a_stranger_reads_in_the_browsers_language_and_can_switch(
    client: Client, ann: Person
) -> None:
    french = client.get("/account/login/", headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert '<html lang="fr">' in french.content.decode()

    answer = client.post("/language/", {"language": "fr", "next": "/account/login/"})

    assert answer["Location"] == "/account/login/"
    assert '<html lang="fr">' in client.get("/account/login/").content.decode()


def test_a_person_keeps_the_language_they_switched_to(client: Client, ann: Person) -> None:
    client.force_login(ann)

    client.post("/language/", {"language": "fr", "next": "/"})
    client.post("/language/", {"language": "tlh", "next": "/"})

    ann.refresh_from_db()
    assert ann.language == "fr"
    english = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="fr">' in english.content.decode()


@pytest.mark.parametrize("away", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_nobody_is_sent_away(client: Client, ann: Person, away: str) -> None:
    assert client.post("/language/", {"language": "en", "next": away})["Location"] == "/"


def test_a_problem_is_a_page_in_words_and_for_htmx_a_notice(
    client: Client, ann: Person, harbour_workspace: Workspace
) -> None:
    client.force_login(ann)

    page = client.get("/w/harbour/settings/")
    part = client.get("/w/harbour/settings/", headers={"HX-Request": "true"})

    assert page.status_code == part.status_code == 403
    assert "Your role in this workspace does not allow this" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert part["HX-Retarget"] == "#notices"


def test_htmx_is_led_to_the_sign_in_by_header(client: Client, harbour_workspace: Workspace) -> None:
    answer = client.get("/w/harbour/people/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/login/")


def test_an_address_of_nothing_says_so(client: Client, ann: Person) -> None:
    answer = client.get("/there/is/no/such/page/")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_a_fault_of_ours_shows_no_trace(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary-in-the-trace")

    monkeypatch.setattr("breakwater.web.home.may_found", broken)
    client = Client(raise_request_exception=False)
    client.force_login(ann)

    answer = client.get("/", headers={"X-Request-ID": "number-to-quote"})

    assert answer.status_code == 500
    assert "canary" not in answer.content.decode()
    assert "number-to-quote" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_render_in_both_languages(
    client: Client, bob: Person, harbour_workspace: Workspace, language: str
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    Person.objects.filter(pk=bob.pk).update(language=language)
    client.force_login(bob)

    for path in (
        "/", "/workspaces/", "/workspaces/new/", "/w/harbour/people/", "/w/harbour/settings/",
        "/w/harbour/tokens/", "/profile/", "/notices/", "/w/harbour/people/leave/",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in answer.content.decode()
