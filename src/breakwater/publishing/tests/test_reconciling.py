"""After a restore the ledger knows less than the harbour: what is out is found, and adopted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from pytest_django import Settings
from tests.drawn import picture

from breakwater.audit.models import Entry
from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import IN_HAND, OPEN
from breakwater.delivery.models import Attempt, Delivery, Hold, Reconciliation, Worker
from breakwater.delivery.reconcile import Report, Verdict
from breakwater.delivery.selectors import last_reconciled, not_compared
from breakwater.delivery.services import (
    Order,
    enqueue,
    hold_everything,
    it_is_not_out,
    it_is_out,
    release,
)
from breakwater.domain.errors import StaleState
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.parcels import digest_of
from breakwater.networks.base import Fault, Medium, Parcel
from breakwater.people.models import Person, Workspace
from breakwater.publishing.services import reconcile_channel

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Connect = Callable[[Guarantee], Channel]


@pytest.fixture
def today() -> datetime:
    """The harbour dates its posts by the real clock."""
    return datetime.now(UTC)


@pytest.fixture
def connect(
    harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings, today: datetime
) -> Connect:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.BLOBS = tmp_path / "blobs"

    def make(guarantee: Guarantee) -> Channel:
        return connect_with_fields(
            workspace_id=harbour_workspace.pk,
            network="sandbox",
            origin="",
            fields={"name": f"quay-{guarantee}", "class": str(guarantee)},
            by=ann.pk,
            now=today - DAY,
        )

    return make


@pytest.fixture
def quay(connect: Connect) -> Channel:
    """Without any key: everything is matched by content."""
    return connect(Guarantee.NONE)


def asked(channel: Channel, call: Callable[[Any], Any]) -> Any:
    opened = doors.unlock([channel.pk])[channel.pk]

    async def ask() -> Any:
        async with doors.connector(opened) as connector:
            return await call(connector)

    return async_to_sync(ask)()


def queued(
    channel: Channel, by: Person, now: datetime, text: str = "Fog.", *, due: datetime,
    media: tuple[Medium, ...] = (), **values: Any,
) -> Delivery:  # fmt: skip
    """Planned the day before `now`, in the state of the backup."""
    payload = {
        "text": text, "language": "en", "media": [vars(one) for one in media], "options": {},
    }  # fmt: skip
    digest = digest_of("publish", channel.pk, payload)
    order = Order(
        channel.workspace_id, channel.pk, "publish", new_id(), payload, digest, (), due, HOUR,
    )  # fmt: skip
    (row,) = enqueue([order], by=by.pk, now=now - DAY)
    Delivery.objects.filter(pk=row.pk).update(state_at=now - DAY, **values)
    row.refresh_from_db()
    return row


def leave(row: Delivery, text: str = "") -> str:
    """The installation from before the restore sends the row; the ledger does not learn it."""

    async def send(connector: Any) -> str:
        parcel = Parcel(
            row.pk.hex, row.record_key, row.created_stamp, text or row.payload["text"],
            tuple(Medium(**one) for one in row.payload["media"]),
        )  # fmt: skip

        async def keep(_handle: Any) -> None:
            return None

        handle = await connector.prepare(parcel, row.handle, keep)
        remote_id: str = (await connector.commit(parcel, handle)).remote_id
        return remote_id

    found: str = asked(row.channel, send)
    return found


def restored(today: datetime) -> Hold:
    """The backup was taken an hour ago."""
    hold_everything("restored", known_until=today - HOUR, now=today)
    return Hold.objects.get()


def compared(channel: Channel, today: datetime, *, adopt: bool = False) -> Report:
    return reconcile_channel(
        channel, since=today - DAY, until=today + HOUR, adopt=adopt, by=None,
        now=datetime.now(UTC),
    )  # fmt: skip


def verdicts(report: Report) -> list[Verdict]:
    return [one.verdict for one in report.differences]


@pytest.mark.parametrize("guarantee", list(Guarantee))
@pytest.mark.parametrize("due", [-HOUR, 30 * DAY])
def test_what_left_after_the_backup_is_found_and_adopted(
    connect: Connect, ann: Person, today: datetime, guarantee: Guarantee, due: timedelta
) -> None:
    channel = connect(guarantee)
    row = queued(channel, ann, today, due=today + due)
    remote_id = leave(row)
    restored(today)

    assert verdicts(compared(channel, today)) == [Verdict.FOUND]
    row.refresh_from_db()
    assert (row.state, row.remote_id) == ("queued", "")

    report = compared(channel, today, adopt=True)

    assert (verdicts(report), report.fine) == ([Verdict.ADOPTED], True)
    row.refresh_from_db()
    assert (row.state, row.remote_id, row.commit_calls) == ("accepted", remote_id, 0)
    assert verdicts(compared(channel, today)) == []


@pytest.mark.parametrize("state", OPEN)
def test_in_whatever_state_the_backup_had_it(
    quay: Channel, ann: Person, worker: Worker, today: datetime, state: str
) -> None:
    hand = worker if state in IN_HAND else None
    row = queued(quay, ann, today, due=today, state=state, worker=hand)
    leave(row)
    restored(today)

    assert verdicts(compared(quay, today, adopt=True)) == [Verdict.ADOPTED]

    row.refresh_from_db()
    assert (row.state, row.worker) == ("accepted", None)
    entry = Entry.objects.get(verb="delivery.accepted")
    assert entry.data == {"from": state, "because": "found_by_reconcile", "how": "content"}
    attempt = Attempt.objects.get()
    assert (attempt.step, attempt.outcome, attempt.code) == ("read", "found", "content")


def test_a_lasting_key_finds_words_that_the_network_altered(
    connect: Connect, ann: Person, today: datetime
) -> None:
    row = queued(connect(Guarantee.LASTING_KEY), ann, today, due=today + DAY)
    leave(row, "Fog, says the harbour.")
    restored(today)

    report = compared(row.channel, today, adopt=True)

    assert [(one.verdict, one.detail) for one in report.differences] == [
        (Verdict.ADOPTED, "record_key")
    ]


def test_a_handle_of_the_backup_finds_words_that_the_network_altered(
    connect: Connect, ann: Person, today: datetime
) -> None:
    channel = connect(Guarantee.HANDLE)
    row = queued(channel, ann, today, due=today)

    async def prepare(connector: Any) -> Any:
        async def keep(_handle: Any) -> None:
            return None

        parcel = Parcel(row.pk.hex, row.record_key, row.created_stamp, "Altered.")
        return await connector.prepare(parcel, {}, keep)

    Delivery.objects.filter(pk=row.pk).update(handle=asked(channel, prepare))
    row.refresh_from_db()
    leave(row)
    restored(today)

    report = compared(channel, today, adopt=True)

    assert [(one.verdict, one.detail) for one in report.differences] == [
        (Verdict.ADOPTED, "handle")
    ]


def test_a_link_of_its_own_finds_altered_words(quay: Channel, ann: Person, today: datetime) -> None:
    row = queued(quay, ann, today, "Fog: https://a.example/42", due=today + DAY)
    leave(row, "Fog (https://a.example/42/)")
    restored(today)

    report = compared(quay, today, adopt=True)

    assert [(one.verdict, one.detail) for one in report.differences] == [
        (Verdict.ADOPTED, "marker")
    ]


def test_without_a_restore_what_never_left_is_not_taken_for_a_hand_made_post(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today + DAY)
    leave(row)

    assert verdicts(compared(quay, today, adopt=True)) == [Verdict.STRAY]

    row.refresh_from_db()
    assert row.state == "queued"


def test_what_the_ledger_has_no_row_of_is_a_stray_and_what_was_deleted_is_absent(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today)
    gone = queued(quay, ann, today, "Gone.", due=today)
    deleted = leave(gone)
    asked(quay, lambda connector: connector.delete(deleted))
    Delivery.objects.filter(pk=gone.pk).update(
        state="verified", remote_id=deleted, first_sent_at=today - HOUR
    )
    leave(row, "Written after the backup.")
    restored(today)

    report = compared(quay, today, adopt=True)

    assert sorted(verdicts(report)) == [Verdict.ABSENT, Verdict.STRAY]
    gone.refresh_from_db()
    assert (gone.state, row.state) == ("verified", "queued")


def test_of_two_posts_that_could_be_it_a_person_says_which(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today + DAY)
    first, second = leave(row), leave(row)
    hold = restored(today)

    report = compared(quay, today, adopt=True)

    assert verdicts(report) == [Verdict.UNCLEAR]
    row.refresh_from_db()
    assert (row.state, row.reason, row.to_tell) == ("needs_human", "several", True)
    assert {one["remote_id"] for one in row.seen} == {first, second}
    assert not_compared(hold) == []
    it_is_out(row, remote_id=first, by=ann.pk, now=today)
    assert Delivery.objects.get().remote_id == first


def test_what_a_person_says_is_not_out_leaves_at_its_planned_time(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today + DAY)
    leave(row)
    leave(row)
    restored(today)
    compared(quay, today, adopt=True)
    row.refresh_from_db()

    again = it_is_not_out(row, by=ann.pk, now=today)

    assert (again.state, again.due_at, again.not_before) == ("queued", today + DAY, today + DAY)


def test_equal_words_with_other_pictures_are_told_apart(
    quay: Channel, ann: Person, today: datetime
) -> None:
    one, other = (picture(number) for number in (1, 2))
    left = queued(quay, ann, today, due=today + DAY, media=(one,))
    kept = queued(quay, ann, today, due=today + 2 * DAY, media=(other,))
    remote_id = leave(left)
    restored(today)

    report = compared(quay, today, adopt=True)

    assert verdicts(report) == [Verdict.ADOPTED]
    left.refresh_from_db()
    kept.refresh_from_db()
    assert (left.state, left.remote_id, kept.state) == ("accepted", remote_id, "queued")


def test_equal_words_under_another_picture_alone_are_asked_about(
    quay: Channel, ann: Person, today: datetime
) -> None:
    other = queued(quay, ann, today, due=today + DAY, media=(picture(2),))
    leave(other)
    Delivery.objects.filter(pk=other.pk).update(state="cancelled")
    row = queued(quay, ann, today, due=today + DAY, media=(picture(1),))
    restored(today)

    report = compared(quay, today, adopt=True)

    assert verdicts(report) == [Verdict.UNCLEAR]
    row.refresh_from_db()
    assert row.state == "needs_human"


def test_nothing_is_released_before_every_channel_was_compared(
    quay: Channel, connect: Connect, ann: Person, today: datetime
) -> None:
    pier = connect(Guarantee.HOUR_KEY)
    leave(queued(quay, ann, today, due=today))
    hold = restored(today)
    compared(pier, today)
    compared(quay, today)  # looked, and did not adopt

    with pytest.raises(StaleState) as refused:
        release(hold, by=ann.pk, now=today)

    assert (refused.value.code, refused.value.data["channels"]) == ("not_compared", str(quay))
    assert Hold.objects.get().released_at is None
    compared(quay, today, adopt=True)
    release(hold, by=ann.pk, now=today)
    assert Hold.objects.get().released_at == today


def test_a_look_that_does_not_reach_back_to_the_backup_is_not_enough(
    quay: Channel, ann: Person, today: datetime
) -> None:
    hold = restored(today)

    reconcile_channel(
        quay, since=today - HOUR / 2, until=today + HOUR, by=None, now=datetime.now(UTC)
    )

    assert not_compared(hold) == [quay]


def test_a_harbour_that_lets_nobody_look_keeps_the_quarantine(
    quay: Channel, ann: Person, today: datetime
) -> None:
    asked(quay, lambda connector: connector.plan(Fault("blind", sticky=True)))
    hold = restored(today)

    assert verdicts(compared(quay, today, adopt=True)) == [Verdict.UNREADABLE]

    assert not_compared(hold) == [quay]
    release(hold, by=ann.pk, unchecked=True, now=today)
    entry = Entry.objects.get(verb="hold.released")
    assert entry.data == {"not_compared": [str(quay.pk)]}


def test_a_token_that_rotated_after_the_backup_makes_the_channel_ask_to_be_reconnected(
    quay: Channel, ann: Person, today: datetime
) -> None:
    before = quay.credential
    async_to_sync(doors.refresh)(doors.unlock([quay.pk])[quay.pk])
    before.save()  # the backup's
    restored(today)

    report = compared(quay, today, adopt=True)

    assert [one.detail for one in report.differences] == ["reconnect"]
    quay.refresh_from_db()
    assert quay.state == "reconnect"


def test_the_last_comparison_of_each_channel_is_known(
    quay: Channel, ann: Person, today: datetime
) -> None:
    leave(queued(quay, ann, today, due=today))
    restored(today)

    compared(quay, today)
    compared(quay, today, adopt=True)

    assert Reconciliation.objects.count() == 2
    last = last_reconciled(quay.workspace_id)[quay.pk]
    assert (last.adopted, last.left_open, last.complete) == (1, 0, True)
    assert last.counts == {"adopted": 1}
