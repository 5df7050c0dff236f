"""Urgent notices at their doors: at once, each door by itself, again after a fault, never a text."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import pytest
import pytest_django
from django.conf import settings
from tests.browsers_of_push import PushedBrowser
from tests.people import make_member, make_person, make_workspace

from breakwater.core import clock, webpush
from breakwater.core.tests.doorbells import Doorbell, doorbell
from breakwater.domain.timings import Timings
from breakwater.notices import webhooks
from breakwater.notices.models import Notice, PushDoor, Ring, WebhookDoor
from breakwater.notices.services import doors, rings, tell
from breakwater.people.links import LinkFor
from breakwater.people.models import Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.workers.ring import RingLoop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(settings: pytest_django.Settings, tmp_path: Path) -> Path:
    settings.MAIL_URL = f"file://{tmp_path}/mails"
    return tmp_path / "mails"


@pytest.fixture
def bell(settings: pytest_django.Settings) -> Iterator[Doorbell]:
    with doorbell() as rung:
        settings.ALLOWED_ORIGINS = frozenset({rung.origin})
        yield rung


@pytest.fixture
def harbour() -> Workspace:
    return make_workspace("Harbour")


@pytest.fixture
def mia(harbour: Workspace) -> Person:
    make_member(harbour, person := make_person("mia"), Role.MANAGER)
    return person


def alarm(workspace: Workspace, *persons: Person, key: str = "alarm:1") -> None:
    tell(
        persons, "alarm", key=key, data={"channel": "Kelp"}, path=f"/w/{workspace.slug}/alarms/1/",
        workspace_id=workspace.pk, now=clock.now(), urgent=True,
        link=LinkFor(Purpose.ALARM, uuid4()),
    )  # fmt: skip


def turn(times: int = 1) -> None:
    async def turned() -> None:
        loop = RingLoop(timings=Timings(), deadline_s=2)
        for _ in range(times):
            await loop.turn()
        await loop._desk.close()

    asyncio.run(turned())


def phone(person: Person, bell: Doorbell, path: str = "/push/1") -> PushedBrowser:
    browser = PushedBrowser()
    doors.open_push(
        person, endpoint=f"{bell.origin}{path}", p256dh=browser.p256dh, auth=browser.auth,
        seen="Firefox on Android", now=clock.now(),
    )  # fmt: skip
    return browser


def rang() -> dict[str, str]:
    return dict(Ring.objects.order_by("door").values_list("door", "state"))


def test_mail_push_and_webhook_ring_at_once_and_lead_to_the_link(
    harbour: Workspace, mia: Person, box: Path, bell: Doorbell
) -> None:
    browser = phone(mia, bell)
    by = access(mia, harbour.slug, Right.INVITE)
    hook = doors.add_webhook(by, url=f"{bell.origin}/hook", name="Pager", now=clock.now())

    alarm(harbour, mia)
    begun = perf_counter()
    turn()

    assert perf_counter() - begun < 5
    assert rang() == {"mail": "sent", "push": "sent", "webhook": "sent"}
    link = SignedLink.objects.get()
    address = f"http://127.0.0.1:8000/x/alarm/{link.pk}/"
    (file,) = box.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["subject"] == "Alarm: nobody here sent what Kelp shows (Harbour)"
    assert address in mail.get_content()
    pushed = json.loads(browser.read(bell.got("/push/1").body))
    assert (pushed["title"], pushed["lang"]) == (mail["subject"], "en")
    assert pushed["url"].startswith(address)
    assert (
        bell.got("/push/1")
        .headers["authorization"]
        .endswith(f"k={webpush.public_key(settings.PUSH_KEY)}")
    )
    said = json.loads(bell.got("/hook").body)
    assert said["type"] == "alarm"
    assert said["data"]["url"] == "http://127.0.0.1:8000/w/harbour/alarms/1/"
    assert "/x/" not in bell.got("/hook").body.decode()
    assert bell.signed("/hook", webhooks.secret_of(hook.pk))


def test_it_is_mailed_even_to_who_wants_no_everyday_mail_and_only_once(
    harbour: Workspace, mia: Person, box: Path
) -> None:
    Person.objects.update(mails=False)
    alarm(harbour, mia)
    turn()
    alarm(harbour, mia)
    turn(2)

    assert Notice.objects.get().mail_state == "sent"
    assert len(list(box.glob("*.eml"))) == 1
    assert SignedLink.objects.count() == 1


def test_more_persons_ring_under_the_same_key_and_the_webhook_does_not_again(
    harbour: Workspace, mia: Person, box: Path, bell: Doorbell
) -> None:
    make_member(harbour, leo := make_person("leo"), Role.APPROVER)
    by = access(mia, harbour.slug, Right.INVITE)
    doors.add_webhook(by, url=f"{bell.origin}/hook", name="Pager", now=clock.now())
    alarm(harbour, mia)
    turn()

    alarm(harbour, mia, leo)
    turn()

    assert len(list(box.glob("*.eml"))) == 2
    assert len(bell.all("/hook")) == 1
    assert SignedLink.objects.count() == 2


@pytest.mark.parametrize("status", [500, 403, 429])
def test_a_door_that_fails_is_tried_again_after_its_back_off(
    harbour: Workspace, mia: Person, bell: Doorbell, status: int
) -> None:
    phone(mia, bell)
    bell.status = status
    alarm(harbour, mia)
    turn(2)

    ring = Ring.objects.get()
    assert (ring.state, ring.tries, ring.trouble) == ("waiting", 1, f"HTTPError: HTTP {status}")
    assert ring.next_at is not None
    assert timedelta(0) < ring.next_at - clock.now() <= rings.BACK_OFF[0]
    assert PushDoor.objects.get().trouble == f"HTTPError: HTTP {status}"
    bell.status = 201
    Ring.objects.update(next_at=clock.now())
    turn()
    assert rang() == {"push": "sent"}
    assert PushDoor.objects.get().trouble == ""


def test_a_door_that_is_no_more_is_forgotten(
    harbour: Workspace, mia: Person, bell: Doorbell
) -> None:
    phone(mia, bell)
    bell.status = 410
    alarm(harbour, mia)
    turn(2)

    assert rang() == {"push": "gone"}
    assert not PushDoor.objects.exists()
    assert len(bell.all("/push/1")) == 1


def test_one_dead_door_keeps_no_other_waiting(
    harbour: Workspace, mia: Person, box: Path, bell: Doorbell
) -> None:
    phone(mia, bell, "/slow/1")
    phone(mia, bell, "/push/2")
    alarm(harbour, mia)
    turn()

    states = sorted(Ring.objects.values_list("door", "state"))
    assert states == [("mail", "sent"), ("push", "sent"), ("push", "waiting")]


def test_a_worker_that_dies_in_a_try_costs_a_try_and_no_ring(
    harbour: Workspace, mia: Person, box: Path
) -> None:
    alarm(harbour, mia)
    now = clock.now()
    (claimed,) = rings.due(now)  # and then it was killed

    assert rings.due(now + rings.LEASE - timedelta(seconds=1)) == []
    (again,) = rings.due(now + rings.LEASE)
    assert (again.pk, again.tries) == (claimed.pk, 2)


def test_it_is_given_up_after_its_last_try(harbour: Workspace, mia: Person, box: Path) -> None:
    alarm(harbour, mia)
    Ring.objects.update(tries=len(rings.BACK_OFF))

    assert rings.due(clock.now()) == []
    assert rang() == {"mail": "failed"}


def test_a_drill_says_so_and_rings_no_machine(
    harbour: Workspace, mia: Person, box: Path, bell: Doorbell
) -> None:
    by = access(mia, harbour.slug, Right.INVITE)
    doors.add_webhook(by, url=f"{bell.origin}/hook", name="Pager", now=clock.now())
    Workspace.objects.update(drill=True)
    alarm(harbour, mia)
    turn()

    (file,) = box.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["subject"] == "Drill: Alarm: nobody here sent what Kelp shows (Harbour)"
    assert rang() == {"mail": "sent"}
    assert bell.rung == []


def test_a_door_that_leads_inside_is_not_knocked_at(
    harbour: Workspace, mia: Person, settings: pytest_django.Settings, bell: Doorbell
) -> None:
    phone(mia, bell)
    settings.ALLOWED_ORIGINS = frozenset()
    alarm(harbour, mia)
    turn()

    assert bell.rung == []
    assert Ring.objects.get().trouble.startswith("EgressRefused")


def test_a_switched_off_webhook_is_quiet(harbour: Workspace, mia: Person, bell: Doorbell) -> None:
    by = access(mia, harbour.slug, Right.INVITE)
    hook = doors.add_webhook(by, url=f"{bell.origin}/hook", name="Pager", now=clock.now())
    doors.switch_webhook(by, hook.pk, on=False, now=clock.now())
    alarm(harbour, mia)
    turn()

    assert (bell.rung, Ring.objects.count(), WebhookDoor.objects.count()) == ([], 0, 1)
