"""The answer to "is everything all right?", as machines read it."""

import pytest
from tests.deliveries import MakeDelivery

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.channels.models import Credential
from breakwater.core import clock
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.delivery.services import raise_wall
from breakwater.people.models import Person, Workspace

pytestmark = pytest.mark.django_db


def test_it_says_what_is_not_and_why(
    queued: MakeDelivery, bob: Person, harbour_workspace: Workspace
) -> None:
    now = clock.now()
    Worker.objects.create(host="here", pid=1, lock_key=1, seen_at=now, created_at=now)
    row = queued()
    Credential.objects.create(channel=row.channel, sealed=b"x", replaced_at=now, created_at=now)
    Delivery.objects.filter(pk=row.pk).update(state="missed", reason="late")
    raise_wall(harbour_workspace.pk, why="Storm.", by=bob.pk, now=now)

    answer = said(Caller(make_token(bob, harbour_workspace)).get("/w/harbour/status"))

    assert (answer["verdict"], answer["message"]) == ("needs_you", "2 things need you.")
    hold, missed = answer["troubles"]
    assert (hold["code"], hold["subject_id"]) == ("hold_pause", str(Hold.objects.get().pk))
    assert missed["message"] == "1 post missed its time"
    assert missed["deliveries"][0]["delivery_id"] == str(row.pk)
    assert missed["deliveries"][0]["message"].startswith("Its time passed before")
    assert answer["compared"][0]["compared_at"] is None
    assert (answer["needs_you"], answer["taking_care"], answer["workers"]) == (2, 0, 1)


def test_it_is_said_in_the_readers_language(bob: Person, harbour_workspace: Workspace) -> None:
    caller = Caller(make_token(bob, harbour_workspace))

    answer = said(caller.get("/w/harbour/status", **{"Accept-Language": "fr"}))

    assert answer["message"] == "1 chose a besoin de vous."
    assert answer["troubles"][0]["code"] == "no_worker"
