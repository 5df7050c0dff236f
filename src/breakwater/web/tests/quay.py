"""A practice channel of Harbour, deliveries on it, and people at their browsers."""

from datetime import timedelta
from typing import Any

from django.test import Client
from tests.people import make_member, make_person

from breakwater.audit.services import move
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Attempt, Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.parcels import digest_of
from breakwater.people.models import Person, Workspace

OUT = ("claimed", "prepared", "sending", "accepted", "verified")
LOST = ("claimed", "prepared", "sending", "unknown", "needs_human")


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(client: Client, path: str, typed: dict[str, str] | None = None) -> str:
    """What the page after the deed says."""
    answer = client.post(path, typed or {})
    assert answer.status_code == 303, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def member(workspace: Workspace, role: str, *, name: str = "kim", language: str = "en") -> Person:
    person = make_person(name, language=language)
    make_member(workspace, person, role)
    return person


def practice_channel(workspace: Workspace, by: Person, name: str = "quay", kind: str = "none") -> Channel:  # fmt: skip
    return connect_with_fields(
        workspace_id=workspace.pk,
        network="sandbox",
        origin="",
        fields={"name": name, "class": kind},
        by=by.pk,
        now=clock.now(),
    )


def delivery(channel: Channel, by: Person, text: str = "Fog on the pier.", **changes: Any) -> Delivery:  # fmt: skip
    payload = {"text": text, "language": "en", "media": [], "options": {}}
    now = clock.now()
    values: dict[str, Any] = {
        "workspace_id": channel.workspace_id,
        "channel_id": channel.pk,
        "kind": "publish",
        "source": new_id(),
        "payload": payload,
        "tags": [],
        "due_at": now,
        "missed_after": timedelta(minutes=15),
        **changes,
    }
    values["digest"] = digest_of(values["kind"], channel.pk, values["payload"])
    return enqueue([Order(**values)], by=by.pk, now=now)[0]


def led(row: Delivery, *states: str, **values: Any) -> Delivery:
    """The delivery after a worker led it through these states; `values` go with the last."""
    now = clock.now()
    for state in states:
        own: dict[str, Any] = values if state == states[-1] else {}
        if state == "claimed":
            own = {**own, "worker": arrive(host="t", pid=1, lock_key=row.pk.int % 2**31, now=now)}
        if state == "sending":
            own = {**own, "first_sent_at": now, "last_sent_at": now}
        row = move(row, DELIVERY, state, by=None, now=now, **own)
    return row


def tried(row: Delivery, step: str, outcome: str, **values: Any) -> None:
    """One line of the ledger."""
    values = {"number": 1, "at": clock.now(), **values}
    Attempt.objects.create(delivery=row, step=step, outcome=outcome, **values)
