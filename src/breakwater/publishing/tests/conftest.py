"""Channels of Harbour, and posts on their way through the services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from breakwater.audit.services import move
from breakwater.channels.models import Channel
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.incarnations import arrive
from breakwater.delivery.services.outcomes import Result
from breakwater.domain.guarantees import Outcome
from breakwater.domain.resolution import Next
from breakwater.people.models import Person, Policy, Workspace
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Post, Version

WALL = "2026-03-05T09:30"
"""A Thursday, three days after `now`: 08:30 UTC."""

MakeContent = Callable[..., Content]


def make_channel(workspace: Workspace, handle: str, now: datetime, **values: Any) -> Channel:
    row: dict[str, Any] = {
        "network": "sandbox",
        "origin": "http://harbour.internal",
        "remote_id": handle,
        "state_at": now,
        "created_at": now,
        **values,
    }
    return Channel.objects.create(workspace=workspace, handle=handle, **row)


def advance(row: Delivery, *states: str, now: datetime, **values: Any) -> Delivery:
    """The delivery after a worker took it through these states."""
    for state in states:
        if state == "claimed":
            values["worker"] = arrive(host="test", pid=1, lock_key=row.pk.int % 2**31, now=now)
        row = move(row, DELIVERY, state, by=None, now=now, **values)
    return row


def out(row: Delivery, *, now: datetime) -> Delivery:
    """The delivery is on its network, read back."""
    states = ("claimed", "prepared", "sending", "accepted", "verified")
    return advance(row, *states, now=now, remote_id="r1", remote_url="http://harbour.internal/1")


def send(row: Delivery, at: datetime, outcome: Outcome, to: str) -> Delivery:
    """The delivery after its call, which began `at`, ended so ten seconds later."""
    row = advance(
        row, "claimed", "prepared", "sending", now=at, last_sent_at=at, first_sent_at=at,
        tries=row.tries + 1, commit_calls=row.commit_calls + 1,
    )  # fmt: skip
    return end(row, at + timedelta(seconds=10), outcome, to)


def end(row: Delivery, at: datetime, outcome: Outcome, to: str, step: str = "commit") -> Delivery:
    """The delivery after one more result, written as the worker writes it."""
    result = Result(
        delivery_id=row.pk, before=row.state, tries=row.tries, step=step, outcome=outcome,
        next=Next(to, at), at=at, remote_id="r1" if outcome is Outcome.ACCEPTED else "",
    )  # fmt: skip
    services.settle([result], now=at)
    row.refresh_from_db()
    return row


def leave(row: Delivery, at: datetime) -> Delivery:
    """The network took it; its read-back is still to come."""
    return send(row, at, Outcome.ACCEPTED, "accepted")


@pytest.fixture
def quay(harbour_workspace: Workspace, now: datetime) -> Channel:
    return make_channel(harbour_workspace, "@quay", now)


@pytest.fixture
def pier(harbour_workspace: Workspace, now: datetime) -> Channel:
    return make_channel(harbour_workspace, "@pier", now)


@pytest.fixture
def content(quay: Channel) -> MakeContent:
    """A content for the quay on Thursday; keyword arguments change it."""

    def make(text: str = "Fog on the pier.", **changes: Any) -> Content:
        values: dict[str, Any] = {
            "text": text,
            "language": "en",
            "targets": {quay.pk: TargetOf()},
            "wall": WALL,
            "zone": "Europe/Paris",
            **changes,
        }
        return Content(**values)

    return make


@pytest.fixture
def draft(harbour_workspace: Workspace, ann: Person, content: MakeContent, now: datetime) -> Post:
    """Written by ann, ready to be submitted."""
    return services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=content())


@pytest.fixture
def submitted(draft: Post, ann: Person, now: datetime) -> Version:
    """Waits for bob."""
    return services.submit(draft, by=ann.pk, now=now)


@pytest.fixture
def scheduled(submitted: Version, bob: Person, now: datetime) -> Post:
    """Approved by bob; leaves on Thursday."""
    digest = submitted.digest
    return services.decide(submitted, by=bob.pk, approved=True, digest=digest, now=now)


@pytest.fixture
def alone(harbour_workspace: Workspace) -> Workspace:
    """Harbour without approvals."""
    harbour_workspace.policy = Policy.NONE
    harbour_workspace.save()
    return harbour_workspace
