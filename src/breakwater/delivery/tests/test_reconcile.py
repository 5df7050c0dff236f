"""The ledger held against the practice harbour: what agrees, what is absent, what nobody sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from pytest_django import Settings

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields, disconnect
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.reconcile import Report, Verdict, reconcile
from breakwater.delivery.services import Order, enqueue
from breakwater.domain.parcels import digest_of
from breakwater.domain.tid import tid
from breakwater.networks.base import Fault, Parcel
from breakwater.people.models import Person, Workspace

DAY = timedelta(days=1)


@pytest.fixture
def today() -> datetime:
    """The harbour dates its posts by the real clock."""
    return datetime.now(UTC)


@pytest.fixture
def quay(
    harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings, today: datetime
) -> Channel:
    settings.NETWORKS_HOME = tmp_path / "networks"
    return connect_with_fields(
        workspace_id=harbour_workspace.pk,
        network="sandbox",
        origin="",
        fields={"name": "quay", "class": "none"},
        by=ann.pk,
        now=today,
    )


def asked(channel: Channel, what: str, *args: Any) -> Any:
    opened = doors.unlock([channel.pk])[channel.pk]

    async def ask() -> Any:
        async with doors.connector(opened) as connector:
            return await getattr(connector, what)(*args)

    return async_to_sync(ask)()


def publish(channel: Channel, text: str, at: datetime) -> str:
    parcel = Parcel(new_id().hex, tid(at, 1), at, text)
    remote_id: str = asked(channel, "commit", parcel, {}).remote_id
    return remote_id


def ordered(channel: Channel, by: Person, at: datetime, state: str, **values: Any) -> Delivery:
    payload = {"text": "Fog.", "language": "en", "media": [], "options": {}}
    order = Order(
        channel.workspace_id, channel.pk, values.pop("kind", "publish"),
        values.pop("source", new_id()), payload, digest_of("publish", channel.pk, payload), (), at,
        DAY,
    )  # fmt: skip
    row = enqueue([order], by=by.pk, now=at)[0]
    Delivery.objects.filter(pk=row.pk).update(state=state, first_sent_at=at, **values)
    row.refresh_from_db()
    return row


def compared(channel: Channel, today: datetime) -> Report:
    return reconcile(channel, since=today - DAY, until=today + DAY, now=today)


def test_what_was_sent_and_is_there_agrees(quay: Channel, ann: Person, today: datetime) -> None:
    ordered(quay, ann, today, "verified", remote_id=publish(quay, "Fog.", today))

    report = compared(quay, today)

    assert (report.fine, report.agreed, report.differences) == (True, 1, ())


def test_what_somebody_deleted_there_is_absent(quay: Channel, ann: Person, today: datetime) -> None:
    remote_id = publish(quay, "Fog.", today)
    row = ordered(quay, ann, today, "verified", remote_id=remote_id)
    asked(quay, "delete", remote_id)

    report = compared(quay, today)

    assert [(one.verdict, one.delivery_id) for one in report.differences] == [
        (Verdict.ABSENT, row.pk)
    ]
    assert not report.fine


def test_what_we_deleted_is_rightly_gone(quay: Channel, ann: Person, today: datetime) -> None:
    remote_id = publish(quay, "Fog.", today)
    row = ordered(quay, ann, today, "verified", remote_id=remote_id)
    ordered(quay, ann, today, "verified", kind="delete", source=row.pk, remote_id=remote_id)
    asked(quay, "delete", remote_id)

    assert compared(quay, today).fine


def test_what_we_deleted_and_is_there_again_is_said(
    quay: Channel, ann: Person, today: datetime
) -> None:
    remote_id = publish(quay, "Fog.", today)
    row = ordered(quay, ann, today, "verified", remote_id=remote_id)
    ordered(quay, ann, today, "verified", kind="delete", source=row.pk, remote_id=remote_id)

    assert [one.verdict for one in compared(quay, today).differences] == [Verdict.STILL_THERE]


def test_a_post_that_no_delivery_explains_is_a_stray(quay: Channel, today: datetime) -> None:
    remote_id = publish(quay, "Somebody else wrote this.", today)

    found = compared(quay, today).differences

    assert [(one.verdict, one.remote_id, one.delivery_id) for one in found] == [
        (Verdict.STRAY, remote_id, None)
    ]


def test_a_post_that_a_person_vouched_for_is_no_stray(
    quay: Channel, ann: Person, today: datetime
) -> None:
    publish(quay, "Fog.", today)
    ordered(quay, ann, today, "verified", reason="by_person")

    assert compared(quay, today).fine


def test_an_unresolved_delivery_is_listed(quay: Channel, ann: Person, today: datetime) -> None:
    row = ordered(quay, ann, today, "needs_human", reason="not_found")

    found = compared(quay, today).differences

    assert [(one.verdict, one.delivery_id, one.detail) for one in found] == [
        (Verdict.UNKNOWN, row.pk, "not_found")
    ]


def test_what_is_outside_the_period_is_left_alone(
    quay: Channel, ann: Person, today: datetime
) -> None:
    publish(quay, "Somebody else wrote this.", today)
    ordered(quay, ann, today, "verified", remote_id="long gone")

    report = reconcile(quay, since=today - 3 * DAY, until=today - 2 * DAY, now=today)

    assert report.fine


def test_a_network_that_lets_nobody_look_is_said(quay: Channel, today: datetime) -> None:
    asked(quay, "plan", Fault("blind", sticky=True))

    report = compared(quay, today)

    assert [one.verdict for one in report.differences] == [Verdict.UNREADABLE]
    assert not report.fine


def test_a_disconnected_channel_cannot_be_compared(
    quay: Channel, ann: Person, today: datetime
) -> None:
    disconnect(workspace_id=quay.workspace_id, channel_id=quay.pk, by=ann.pk, now=today)

    assert [one.detail for one in compared(quay, today).differences] == ["no_credential"]


def test_nothing_is_changed_by_looking(quay: Channel, ann: Person, today: datetime) -> None:
    row = ordered(quay, ann, today, "verified", remote_id="never there")
    before = Delivery.objects.filter(pk=row.pk).values().get()

    compared(quay, today)

    assert Delivery.objects.filter(pk=row.pk).values().get() == before
