"""Deeds that meet in the same rows and chains wait for one another; none is thrown out for it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.deliveries import MakeDelivery
from tests.meeting import Meeting

from breakwater.audit.selectors import verify
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services import Barrier as DoorBarrier
from breakwater.delivery.services import (
    claims,
    let_pass,
    narrow,
    put_off,
    raise_wall,
    raise_walls,
    release,
    revoke,
)
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.delivery.services.telling import mark_stuck_told
from breakwater.domain.guarantees import Outcome
from breakwater.domain.parcels import digest_of
from breakwater.domain.resolution import Next
from breakwater.people.models import Person, Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def _elsewhere(channel: Channel, workspace: Workspace, now: datetime) -> Channel:
    return Channel.objects.create(
        workspace=workspace, network="sandbox", origin=channel.origin, remote_id="2",
        handle="@pier", state="connected", state_at=now, created_at=now,
    )  # fmt: skip


def _results(accepted: Delivery, refused: Delivery, now: datetime) -> list[Result]:
    return [
        Result(
            delivery_id=row.pk, before="sending", tries=1, step="commit", outcome=outcome,
            next=Next(state, now), at=now,
        )
        for row, outcome, state in (
            (accepted, Outcome.ACCEPTED, "accepted"), (refused, Outcome.REFUSED, "failed"),
        )
    ]  # fmt: skip


def test_two_groups_of_outcomes_of_the_same_workspaces_do_not_tangle(
    queued: MakeDelivery, channel: Channel, other_workspace: Workspace, worker: Worker,
    now: datetime,
) -> None:  # fmt: skip
    pier = _elsewhere(channel, other_workspace, now)
    payload = {"text": "Fog.", "language": "en", "media": [], "options": {}}
    there = {
        "workspace_id": other_workspace.pk, "channel_id": pier.pk, "payload": payload,
        "digest": digest_of("publish", pier.pk, payload),
    }  # fmt: skip
    rows = [queued(), queued(**there), queued(), queued(**there)]
    Delivery.objects.update(state="sending", worker=worker, tries=1)
    meeting = Meeting()

    meeting.run(
        audit_head_one=lambda: settle(_results(rows[0], rows[1], now), now=now),
        audit_head_other=lambda: settle(_results(rows[3], rows[2], now), now=now),
    )

    assert meeting.broken == []
    states = dict(Delivery.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in rows] == ["accepted", "failed", "failed", "accepted"]
    assert verify(channel.workspace_id) is None


def test_a_release_and_a_revocation_of_what_it_held_do_not_tangle(
    queued: MakeDelivery, channel: Channel, worker: Worker, bob: Person, now: datetime
) -> None:
    hold, _ = raise_wall(channel.workspace_id, why="Storm.", by=bob.pk, now=now)
    source = new_id()
    ready, late = queued(), queued(source=source)
    claims.claim(worker, limit=5, approved=set, now=now)
    Delivery.objects.filter(pk=ready.pk).update(missed_at=now.replace(year=now.year + 1))
    Delivery.objects.filter(pk=late.pk).update(missed_at=now)
    meeting = Meeting()

    meeting.run(
        audit_head_bob=lambda: release(hold, by=bob.pk, now=now),
        delivery_delivery_ann=lambda: revoke(source, by=bob.pk, now=now),
    )

    assert meeting.broken == []
    ready.refresh_from_db()
    late.refresh_from_db()
    assert ready.state == "queued"
    assert (late.state, late.digest) in (("missed", ""), ("held", ""))


@pytest.mark.parametrize("deed", ["pass", "put off", "narrow", "strict release"])
def test_who_lets_pass_puts_off_or_narrows_does_not_tangle_with_a_claim_and_a_door(
    deed: str, queued: MakeDelivery, channel: Channel, worker: Worker, bob: Person, now: datetime
) -> None:
    of = new_id()
    tall = [DoorBarrier("workspace", ("publish",))]
    (hold,) = raise_walls(channel.workspace_id, tall, why="Storm.", of=of, by=bob.pk, now=now)
    held, fresh = queued(), queued()
    claims.claim(worker, limit=1, approved=set, now=now)
    deeds: dict[str, Callable[[], object]] = {
        "pass": lambda: let_pass([held, fresh], hold, by=bob.pk, now=now),
        "put off": lambda: put_off([held, fresh], now, by=bob.pk, now=now),
        "narrow": lambda: narrow([hold], ["label:fun"], by=bob.pk, now=now),
        "strict release": lambda: release(hold, strict=True, by=bob.pk, now=now),
    }
    meeting = Meeting()

    meeting.run(
        audit_head_bob=deeds[deed],
        audit_head_worker=lambda: claims.claim(worker, limit=5, approved=set, now=now),
    )

    assert meeting.broken == []
    assert verify(channel.workspace_id) is None


def test_telling_of_many_stuck_rows_locks_them_in_the_order_of_everybody_else(
    queued: MakeDelivery,
) -> None:
    rows = [queued() for _ in range(3)]

    with CaptureQueriesContext(connection) as asked:
        mark_stuck_told(reversed(rows))

    own = [one["sql"] for one in asked if '"delivery_delivery"' in one["sql"]]
    assert [sql.split(" ", 1)[0] for sql in own] == ["SELECT", "UPDATE"]
    assert 'SELECT "delivery_delivery"."id"' in own[0]
    assert "ORDER BY 1 ASC" in own[0]
    assert ("FOR UPDATE" in own[0]) is (connection.vendor == "postgresql")
    assert Delivery.objects.filter(stuck_told=True).count() == 3
