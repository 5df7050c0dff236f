"""Workers, the clock, the disk, the spool and the outbox: what is told when one is not well."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel, Credential
from breakwater.delivery.allright import Answer, Level, Trouble, Verdict, all_right
from breakwater.delivery.machine import LAST_BACKUP
from breakwater.delivery.models import ClockMark, Worker
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _well(channel: Channel, worker: Worker, now: datetime, tmp_path: Path, settings: Settings) -> None:  # fmt: skip
    """A worker lives, the channel's sign-in has no end, and the disk is not looked at elsewhere."""
    settings.SPOOL = tmp_path / "spool"
    settings.DATA = tmp_path
    Credential.objects.create(channel=channel, sealed=b"x", replaced_at=now, created_at=now)


def _of(answer: Answer) -> dict[str, Trouble]:
    return {one.code: one for one in answer.troubles}


def _ask(workspace: Workspace, now: datetime, *, alive: bool = True) -> Answer:
    if alive:
        Worker.objects.update(seen_at=now)
    return all_right(workspace.pk, now)


def test_no_worker_is_said_first_and_explains_what_is_late(
    queued: MakeDelivery, worker: Worker, harbour_workspace: Workspace, now: datetime
) -> None:
    queued()
    later = now + timedelta(seconds=31)

    answer = _ask(harbour_workspace, later, alive=False)

    assert answer.verdict is Verdict.NEEDS_YOU
    assert (answer.troubles[0].code, answer.troubles[0].since) == ("no_worker", worker.seen_at)
    assert _of(answer)["delivery_late"].rows[0].why == "no_worker"
    assert (answer.things(Level.PERSON), answer.things(Level.CARE)) == (1, 0)
    Worker.objects.filter(pk=worker.pk).delete()
    assert _of(_ask(harbour_workspace, later))["no_worker"].since is None


def test_a_clock_that_jumped_is_told_and_does_not_make_workers_dead(
    queued: MakeDelivery, harbour_workspace: Workspace, now: datetime
) -> None:
    queued()
    ClockMark.objects.create(
        boot="b", host="pier", baseline_us=0, seen_us=0, boot_us=0, seen_at=now, held_since=now,
        reason="jump", ahead_s=7200,
    )  # fmt: skip

    answer = _ask(harbour_workspace, now + timedelta(hours=2, seconds=20), alive=False)

    found = _of(answer)
    assert answer.things(Level.PERSON) == 1
    assert found.keys() == {"clock_jump", "delivery_stuck"}
    assert found["clock_jump"].data == {"host": "pier"}
    assert found["delivery_stuck"].rows[0].why == "clock"


def test_results_that_were_not_stored_are_counted(
    harbour_workspace: Workspace, now: datetime, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    for name, age in (("1-1.jsonl", 5), ("1-2.jsonl", 300), ("2-1.refused", 0)):
        file = spool / f"outcomes-{name}"
        file.write_text("{}\n")
        stamp = (now - timedelta(seconds=age)).timestamp()
        os.utime(file, (stamp, stamp))

    found = _of(_ask(harbour_workspace, now))

    assert (found["spool_waiting"].data, found["spool_refused"].data) == ({"n": 1}, {"n": 1})
    assert found["spool_waiting"].since == now - 5 * MINUTE


def test_a_full_disk_and_one_that_cannot_be_asked_are_not_the_same(
    harbour_workspace: Workspace, now: datetime, tmp_path: Path, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("breakwater.delivery.allright.LEAST_FREE_BYTES", 2**62)
    assert _of(_ask(harbour_workspace, now)).keys() == {"disk_low"}

    settings.DATA = tmp_path / "nowhere"

    answer = _ask(harbour_workspace, now)
    assert _of(answer).keys() == {"disk_unknown"}
    assert answer.verdict is Verdict.CANNOT_TELL


def test_mails_that_cannot_leave_are_told_for_a_day(
    bob: Person, harbour_workspace: Workspace, now: datetime, settings: Settings
) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1"
    for key, state, trouble, after in (
        ("a", "failed", "no", now),
        ("b", "failed", "no", now - timedelta(hours=25)),
        ("c", "waiting", "no", now + MINUTE),
        ("d", "waiting", "", now + MINUTE),
    ):
        Notice.objects.create(
            workspace=harbour_workspace, person=bob, code="failed", key=key, path="/",
            mail_state=state, mail_trouble=trouble, mail_after=after, created_at=now,
        )  # fmt: skip

    found = _of(_ask(harbour_workspace, now))

    assert (found["mail_failed"].data, found["mail_waiting"].data) == ({"n": 1}, {"n": 1})
    assert found["mail_waiting"].until == now + MINUTE


def test_the_last_backup_is_known_when_it_was_made_here(
    harbour_workspace: Workspace, now: datetime, tmp_path: Path
) -> None:
    assert _ask(harbour_workspace, now).facts.backup_at is None

    (tmp_path / LAST_BACKUP).write_text(f"{now.isoformat()}\n")

    assert _ask(harbour_workspace, now).facts.backup_at == now
