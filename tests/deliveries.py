"""A channel and orders for it, made through the services that the layers above call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services import Order, enqueue
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.parcels import digest_of
from breakwater.people.models import Person, Workspace

MakeDelivery = Callable[..., Delivery]


@pytest.fixture
def channel(harbour_workspace: Workspace, now: datetime) -> Channel:
    return Channel.objects.create(
        workspace=harbour_workspace,
        network="sandbox",
        origin="http://harbour.internal",
        remote_id="1",
        handle="@harbour",
        state="connected",
        state_at=now,
        created_at=now,
    )


@pytest.fixture
def queued(channel: Channel, ann: Person, now: datetime) -> MakeDelivery:
    """One delivery due now, approved by its digest; keyword arguments change the order."""

    def make(text: str = "Fog on the pier.", **changes: Any) -> Delivery:
        payload = {"text": text, "language": "en", "media": [], "options": {}}
        values: dict[str, Any] = {
            "workspace_id": channel.workspace_id,
            "channel_id": channel.pk,
            "kind": "publish",
            "source": new_id(),
            "payload": payload,
            "digest": digest_of("publish", channel.pk, payload),
            "tags": [],
            "due_at": now,
            "missed_after": timedelta(minutes=15),
            **changes,
        }
        return enqueue([Order(**values)], by=ann.pk, now=now)[0]

    return make


@pytest.fixture
def worker(db: None, now: datetime) -> Worker:
    return arrive(host="test", pid=1, lock_key=11, now=now)


@pytest.fixture
def other_worker(db: None, now: datetime) -> Worker:
    return arrive(host="test", pid=2, lock_key=22, now=now)


def all_approved(sources: Any) -> set[UUID]:
    return set(sources)
