"""A delete that needs its evidence begins only while that is on disk; a drill reaches no network."""

from datetime import datetime
from uuid import UUID

import pytest
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.delivery.services import Stray, claims, rely_on, remove_strays
from breakwater.people.models import Person, Workspace

pytestmark = pytest.mark.django_db


def _ordered(channel: Channel, blob: str, now: datetime, source: UUID | None = None) -> Delivery:
    stray = Stray(channel, "66", "https://quay.example/66", source or new_id(), blob)
    return remove_strays([stray], by=None, now=now)[0]


def _claim(worker: Worker, now: datetime) -> claims.Claimed:
    return claims.claim(worker, limit=9, approved=all_approved, now=now)


def test_with_its_evidence_on_disk_it_leaves(
    channel: Channel, worker: Worker, now: datetime
) -> None:
    row = _ordered(channel, blobs.store(b"sealed"), now)

    begun = claims.begin(_claim(worker, now).taken, worker, now=now)

    assert [one.pk for one in begun] == [row.pk]


def test_without_its_evidence_it_asks_a_person(
    channel: Channel, worker: Worker, now: datetime
) -> None:
    row = _ordered(channel, "0" * 64, now)

    assert _claim(worker, now).taken == ()

    row.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("needs_human", "no_evidence", 0)


def test_evidence_that_is_lost_between_claim_and_door_stops_it(
    channel: Channel, worker: Worker, now: datetime
) -> None:
    blob = blobs.store(b"lost")
    row = _ordered(channel, blob, now)
    taken = _claim(worker, now).taken
    blobs.path(blob).unlink()

    assert claims.begin(taken, worker, now=now) == []

    row.refresh_from_db()
    assert (row.state, row.reason) == ("needs_human", "no_evidence")
    assert not Attempt.objects.exists()


def test_evidence_that_is_sealed_anew_lets_it_leave_and_nothing_else_does(
    channel: Channel, worker: Worker, now: datetime
) -> None:
    row = _ordered(channel, "0" * 64, now)
    _claim(worker, now)
    row.refresh_from_db()

    assert not rely_on(row, "0" * 64, by=None, now=now)
    assert rely_on(row, blob := blobs.store(b"the address alone"), by=None, now=now)
    assert not rely_on(row, blobs.store(b"another"), by=None, now=now)

    row.refresh_from_db()
    assert (row.state, row.reason, row.needs_blob) == ("queued", "", blob)
    assert [one.pk for one in _claim(worker, now).taken] == [row.pk]


def test_a_stray_is_removed_once_for_each_sighting_and_again_when_that_was_cancelled(
    channel: Channel, now: datetime
) -> None:
    source = new_id()
    first = _ordered(channel, "", now, source)

    assert _ordered(channel, "", now, source).pk == first.pk
    Delivery.objects.filter(pk=first.pk).update(state="cancelled")
    assert _ordered(channel, "", now, source).occurrence == 1


def test_in_a_drill_nothing_leaves_for_a_real_network(
    queued: MakeDelivery, channel: Channel, harbour_workspace: Workspace, worker: Worker,
    ann: Person, now: datetime,
) -> None:  # fmt: skip
    Workspace.objects.filter(pk=harbour_workspace.pk).update(drill=True)
    practised = queued()
    real = queued()
    elsewhere = Channel.objects.create(
        workspace=harbour_workspace, network="mastodon", origin="https://quay.example",
        remote_id="2", handle="@quay", state="connected", state_at=now, created_at=now,
    )  # fmt: skip
    Delivery.objects.filter(pk=real.pk).update(channel=elsewhere)

    taken = _claim(worker, now).taken

    assert [row.pk for row in taken] == [practised.pk]
    real.refresh_from_db()
    assert (real.state, real.reason) == ("held", "drill")


def test_what_the_workspaces_own_rules_refuse_is_held(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()

    found = claims.claim(
        worker, limit=9, approved=all_approved, refused=lambda rows: {rows[0].pk: "guideline"},
        now=now,
    )  # fmt: skip

    assert (found.taken, [one.pk for one in found.stopped]) == ((), [row.pk])
    row.refresh_from_db()
    assert (row.state, row.reason) == ("held", "guideline")
