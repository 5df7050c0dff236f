"""New time zone data, compiled by `zic`: the wall stays, the instant moves, the approval stands."""

import os
import subprocess
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from breakwater.audit.models import Entry
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services import claims, raise_wall
from breakwater.notices.models import Notice
from breakwater.notices.sentences import body, title
from breakwater.people.models import Person
from breakwater.publishing import services
from breakwater.publishing.models import Post, Version
from breakwater.publishing.plans import tzdata_version
from breakwater.publishing.selectors import approved_now
from breakwater.publishing.tests.conftest import out

OLD = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
"""Thursday 09:30 in Paris by the rules that hold."""
NEW = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
"""The same wall when Paris is two hours ahead all year."""
HOUR = timedelta(hours=1)

Publish = Callable[..., None]


@pytest.fixture
def new_rules(tmp_path: Path) -> Iterator[Publish]:
    """`new_rules("2099a")`: from now on Paris is two hours (or `hours`) ahead, says data of that
    version."""

    def publish(version: str, hours: int = 2) -> None:
        folder = tmp_path / version
        folder.mkdir()
        source = folder / "tzdata.zi"
        source.write_text(f"# version {version}\nZone Europe/Paris {hours}:00 - NEW\n")
        path = os.environ["PATH"] + os.pathsep + "/usr/sbin"
        subprocess.run(
            ["zic", "-d", str(folder), str(source)], check=True, env={**os.environ, "PATH": path}
        )
        zoneinfo.reset_tzpath([str(folder)])

    yield publish
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
    tzdata_version.cache_clear()


def test_the_post_stays_on_the_wall_and_its_instant_moves(
    scheduled: Post, new_rules: Publish, now: datetime
) -> None:
    before = Delivery.objects.get()
    new_rules("2099a")

    assert services.recount(now=now) == 1

    scheduled.refresh_from_db()
    assert (scheduled.planned_wall, scheduled.planned_zone) == ("2026-03-05T09:30", "Europe/Paris")
    assert (scheduled.planned_at, scheduled.stands_at) == (NEW, NEW)
    assert scheduled.planned_tzdata == "2099a"
    row = Delivery.objects.get()
    assert (row.due_at, row.not_before) == (NEW, NEW)
    assert row.missed_at == before.missed_at - HOUR
    assert (row.state, row.digest, row.payload) == ("queued", before.digest, before.payload)


def test_the_approval_stands_and_the_post_leaves_at_the_new_instant(
    scheduled: Post, new_rules: Publish, worker: Worker, now: datetime
) -> None:
    new_rules("2099a")
    services.recount(now=now)

    early = claims.claim(worker, limit=5, approved=approved_now, now=NEW - HOUR)
    taken = claims.claim(worker, limit=5, approved=approved_now, now=NEW)

    assert early.taken == ()
    assert [row.source for row in taken.taken] == [scheduled.version_id]


def test_author_and_approver_are_told_once_what_the_instant_is_now(
    scheduled: Post, ann: Person, bob: Person, new_rules: Publish, now: datetime
) -> None:
    Notice.objects.all().delete()
    new_rules("2099a")

    services.recount(now=now)
    services.recount(now=now)

    told = {one.person_id: one for one in Notice.objects.filter(code="clocks")}
    assert told.keys() == {ann.pk, bob.pk}
    data = told[ann.pk].data
    assert title("clocks", data) == "The rules of the clocks in Paris changed"
    said = body("clocks", data)
    assert "9:30" in said
    assert "7:30" in said
    fact = Entry.objects.get(verb="post.recounted")
    assert (fact.actor_id, fact.data["from"], fact.data["to"]) == (
        None, OLD.isoformat(), NEW.isoformat(),
    )  # fmt: skip


def test_a_post_in_review_is_recounted_and_scheduled_at_the_new_instant(
    submitted: Version, bob: Person, new_rules: Publish, now: datetime
) -> None:
    new_rules("2099a")
    services.recount(now=now)

    services.decide(submitted, by=bob.pk, approved=True, digest=submitted.digest, now=now)

    assert Delivery.objects.get().due_at == NEW


def test_a_draft_moves_too(draft: Post, new_rules: Publish, now: datetime) -> None:
    new_rules("2099a")

    assert services.recount(now=now) == 1

    draft.refresh_from_db()
    assert draft.planned_at == NEW


def test_older_data_and_the_same_data_change_nothing(
    scheduled: Post, new_rules: Publish, now: datetime
) -> None:
    new_rules("1999a")

    assert services.recount(now=now) == 0

    scheduled.refresh_from_db()
    assert scheduled.planned_at == OLD
    assert Delivery.objects.get().due_at == OLD


def test_what_is_out_already_keeps_its_history(
    scheduled: Post, new_rules: Publish, now: datetime
) -> None:
    out(Delivery.objects.get(), now=OLD)
    Post.objects.update(left_at=OLD)
    new_rules("2099a")

    assert services.recount(now=OLD + HOUR) == 0

    scheduled.refresh_from_db()
    assert (scheduled.planned_at, scheduled.planned_tzdata) == (OLD, "2099a")
    assert Delivery.objects.get().due_at == OLD


def test_what_a_person_brought_forward_stays_where_they_put_it(
    scheduled: Post, bob: Person, new_rules: Publish, now: datetime
) -> None:
    services.send_now(scheduled, by=bob.pk, now=now)
    new_rules("2099a")

    services.recount(now=now)

    assert Delivery.objects.get().due_at == now


def test_a_held_delivery_moves_with_its_post(
    scheduled: Post, bob: Person, worker: Worker, new_rules: Publish, now: datetime
) -> None:
    raise_wall(scheduled.workspace_id, why="storm", by=bob.pk, now=now)
    claims.claim(worker, limit=5, approved=approved_now, now=OLD)
    assert Delivery.objects.get().state == "held"
    new_rules("2099a")

    services.recount(now=OLD - 2 * HOUR)

    row = Delivery.objects.get()
    assert (row.state, row.due_at, row.missed_at - row.due_at) == (
        "held", NEW, timedelta(minutes=15),
    )  # fmt: skip


def test_many_are_recounted_in_batches(draft: Post, new_rules: Publish, now: datetime) -> None:
    more = []
    for _number in range(5):
        copy = Post.objects.get(pk=draft.pk)
        copy.pk = new_id()
        more.append(copy)
    Post.objects.bulk_create(more)
    new_rules("2099a")

    assert services.recount(now=now, at_once=2) == 6
