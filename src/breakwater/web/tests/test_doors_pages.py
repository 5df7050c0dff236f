"""The pages of urgent doors: pushes on this phone, webhooks, and the duty phone's link."""

import pytest
import pytest_django
from django.test import Client
from tests.browsers_of_push import PushedBrowser

from breakwater.notices.models import PushDoor, Ring, WebhookDoor
from breakwater.notices.webhooks import secret_of
from breakwater.people.models import Membership, Person, SignedLink, Workspace
from breakwater.people.roles import Role

ADDRESS = "https://push.example.net/p/1"
AGENT = "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"


@pytest.fixture
def visit(harbour_workspace: Workspace, bob: Person, client: Client) -> Client:
    Membership.objects.filter(person=bob).update(role=Role.MANAGER)
    client.force_login(bob)
    return client


def opening(visit: Client, **changed: str) -> int:
    browser = PushedBrowser()
    said = {"endpoint": ADDRESS, "p256dh": browser.p256dh, "auth": browser.auth, **changed}
    return visit.post("/profile/doors/open/", said, HTTP_USER_AGENT=AGENT).status_code


def test_a_browser_is_opened_listed_tried_and_removed(visit: Client) -> None:
    assert opening(visit) == 303

    page = visit.get("/profile/doors/").content.decode()
    assert "Firefox, Android" in page
    assert visit.post("/profile/doors/try/").status_code == 303
    assert Ring.objects.get().door == "push"
    door = PushDoor.objects.get()
    assert visit.post(f"/profile/doors/{door.pk}/close/").status_code == 303
    assert not PushDoor.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"endpoint": "http://push.example.net/p"}, {"endpoint": "https://u:p@push.example.net/"},
     {"endpoint": "https://push.example.net:8443/"}, {"endpoint": ""}, {"p256dh": "AAAA"},
     {"auth": "AAAA"}, {"endpoint": "https://p.example/" + "x" * 1000}],
)  # fmt: skip
def test_what_no_browser_would_say_opens_nothing(visit: Client, changed: dict[str, str]) -> None:
    assert opening(visit, **changed) == 400

    assert not PushDoor.objects.exists()


def test_the_same_browser_is_one_door_of_who_is_signed_in_there(
    visit: Client, ann: Person, bob: Person
) -> None:
    opening(visit)
    opening(visit)
    assert PushDoor.objects.get().person == bob
    visit.force_login(ann)
    opening(visit)

    assert PushDoor.objects.get().person == ann


def test_a_door_of_somebody_else_stays(visit: Client, ann: Person) -> None:
    opening(visit)
    visit.force_login(ann)

    assert visit.post(f"/profile/doors/{PushDoor.objects.get().pk}/close/").status_code == 404
    assert PushDoor.objects.count() == 1


def test_the_worker_is_script_at_an_address_that_stays(client: Client) -> None:
    answer = client.get("/sw.js")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert b"showNotification" in answer.content


def test_the_duty_phones_link_is_made_shown_and_taken_back(visit: Client) -> None:
    assert visit.post("/profile/doors/pause/harbour/").status_code == 303

    link = SignedLink.objects.get()
    assert f"/x/pause/{link.pk}/" in visit.get("/profile/doors/").content.decode()
    assert (
        "Links that pause this workspace"
        in visit.get("/w/harbour/settings/doors/").content.decode()
    )
    assert visit.post(f"/profile/doors/pause/harbour/{link.pk}/revoke/").status_code == 303
    assert f"/x/pause/{link.pk}/" not in visit.get("/profile/doors/").content.decode()


def test_a_webhook_is_added_with_its_secret_shown_once(visit: Client) -> None:
    url = "/w/harbour/settings/doors/"
    page = visit.post(url, {"name": "Pager", "url": "https://hooks.example.org/bw"})

    door = WebhookDoor.objects.get()
    assert secret_of(door.pk) in page.content.decode()
    assert secret_of(door.pk) not in visit.get(url).content.decode()
    for deed in ("try", "switch", "remove"):
        assert visit.post(f"{url}{door.pk}/{deed}/").status_code == 303
    assert not WebhookDoor.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    ["http://hooks.example.org/", "ftp://x", "hooks.example.org", "https://h:1/", "x" * 501],
)
def test_a_webhook_that_may_not_be_called_is_said_beside_its_field(
    visit: Client, wrong: str
) -> None:
    page = visit.post("/w/harbour/settings/doors/", {"name": "Pager", "url": wrong})

    assert page.status_code == 400
    assert not WebhookDoor.objects.exists()


def test_who_is_rung_is_said_with_their_doors(
    visit: Client, settings: pytest_django.Settings, ann: Person
) -> None:
    settings.MAIL_URL = "file:///nowhere/mails"
    opening(visit)

    page = " ".join(visit.get("/w/harbour/settings/doors/").content.decode().split())
    assert '<strong>Bob</strong> <span class="soft small">(mail, 1 browser)</span>' in page
    visit.force_login(ann)
    assert visit.get("/w/harbour/settings/doors/").status_code == 403
