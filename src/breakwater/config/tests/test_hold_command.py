"""`breakwater hold`: what a restore or a pause holds is seen, and released by name."""

from datetime import datetime, timedelta

import pytest
from tests.deliveries import MakeDelivery

from breakwater.audit.models import Entry
from breakwater.config import cli
from breakwater.core import clock
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.delivery.services import claims, hold_everything
from breakwater.people.models import Membership, Person
from breakwater.people.roles import Role


@pytest.fixture
def held(queued: MakeDelivery, worker: Worker, now: datetime) -> list[Delivery]:
    """One that is long late, and one of next week."""
    moment = clock.now()
    late = queued("Late.", due_at=moment - timedelta(days=1))
    coming = queued("Coming.", due_at=moment - timedelta(minutes=1))
    hold_everything("restored", known_until=now - timedelta(days=1), now=now)
    claims.claim(worker, limit=2, approved=set, now=late.due_at)
    claims.claim(worker, limit=2, approved=set, now=moment)
    rows = [late, coming]
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.reason) == ("held", "hold")
    return rows


def test_what_is_held_is_listed(held: list[Delivery], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch(["hold", "list", "harbour"]) == 0

    line = capsys.readouterr().out
    assert str(Hold.objects.get().pk) in line
    assert "restored" in line


def test_an_owner_releases_and_what_is_late_asks_first(
    held: list[Delivery], ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)

    command = ["hold", "release", "harbour", "--unchecked", "--as", ann.email]
    assert cli.dispatch(command) == 0

    said = "Released. 1 deliveries wait for their time, 1 ask a person first.\n"
    assert capsys.readouterr().out == said
    for row in held:
        row.refresh_from_db()
    assert [row.state for row in held] == ["missed", "queued"]
    entry = Entry.objects.get(verb="hold.released")
    assert entry.actor_id == ann.pk
    assert entry.data == {"not_compared": [str(held[0].channel_id)]}


def test_nothing_is_released_before_the_accounts_were_compared(
    held: list[Delivery], ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)

    assert cli.dispatch(["hold", "release", "harbour", "--as", ann.email]) == 1

    assert capsys.readouterr().err.startswith("Nothing is released: after the restore, the ledger")
    assert Hold.objects.get().released_at is None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}


def test_who_may_only_write_releases_nothing(held: list[Delivery], ann: Person) -> None:
    Membership.objects.filter(person=ann).update(role=Role.AUTHOR)

    assert cli.dispatch(["hold", "release", "harbour", "--as", ann.email]) == 1

    assert Hold.objects.get().released_at is None
