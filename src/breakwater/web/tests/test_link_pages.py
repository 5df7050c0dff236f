"""Pages behind signed links: looking does nothing, sending acts in the person's name, numbers only."""

import re

import pytest
from django.test import Client
from tests.people import NOW

from breakwater.pauses.models import Pause
from breakwater.people import links
from breakwater.people.models import Membership, Person, SignedLink, Workspace
from breakwater.people.roles import Role
from breakwater.people.services.links import make_pause_link


@pytest.fixture
def link(harbour_workspace: Workspace, ann: Person, monkeypatch: pytest.MonkeyPatch) -> SignedLink:
    found = make_pause_link(ann, "harbour", by=ann.pk, now=NOW)
    SignedLink.objects.update(expires_at=NOW.replace(year=2099))
    return found


def test_looking_pauses_nothing(link: SignedLink, client: Client) -> None:
    address = links.address(link)

    for ask in (client.get, client.head, client.options):
        assert ask(address).status_code in (200, 405)
    assert "Pause Harbour" in client.get(address).content.decode()
    assert not Pause.objects.exists()
    link.refresh_from_db()
    assert link.uses == 0


def test_one_sentence_pauses_everything_without_a_sign_in(link: SignedLink, client: Client) -> None:
    address = links.address(link)

    sent = client.post(address, {"why": "An attack in Lyon"})

    assert (sent.status_code, sent["Location"]) == (303, address)
    pause = Pause.objects.get()
    assert (pause.why, pause.via, pause.by, pause.state) == (
        "An attack in Lyon", "link", link.person, "open",
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert "Nothing more leaves." in page
    assert "0 posts are held." in page
    link.refresh_from_db()
    assert link.uses == 1
    assert "sessionid" not in client.cookies


def test_without_a_reason_nothing_happens(link: SignedLink, client: Client) -> None:
    assert client.post(links.address(link), {"why": "  "}).status_code == 400

    assert not Pause.objects.exists()


def test_a_post_without_the_pages_token_is_refused(link: SignedLink) -> None:
    client = Client(enforce_csrf_checks=True)
    address = links.address(link)

    assert client.post(address, {"why": "x"}).status_code == 403
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address).content.decode()
    )
    assert token
    said = {"why": "x", "csrfmiddlewaretoken": token.group(1)}
    assert client.post(address, said).status_code == 303


def test_who_may_no_longer_pause_does_not(link: SignedLink, client: Client) -> None:
    Membership.objects.filter(person=link.person).update(role=Role.VIEWER)

    assert client.post(links.address(link), {"why": "x"}).status_code == 403
    Membership.objects.filter(person=link.person).delete()
    assert client.post(links.address(link), {"why": "x"}).status_code == 404
    assert not Pause.objects.exists()


def test_a_wrong_or_foreign_address_says_what_to_do(link: SignedLink, client: Client) -> None:
    wrong = links.address(link)[:-3] + "xx/"

    page = client.get(wrong)

    assert page.status_code == 404
    assert "This link opens nothing any more" in page.content.decode()
    assert client.get(links.address(link).replace("/pause/", "/alarm/")).status_code == 404


def test_it_speaks_its_persons_language(link: SignedLink, client: Client) -> None:
    Person.objects.update(language="fr")

    page = client.get(links.address(link)).content.decode()

    assert '<html lang="fr"' in page
    assert "Pourquoi" in page
