"""A containment is looked at again at once while something moves, and less and less while nothing does."""

from datetime import timedelta

import pytest

from breakwater.delivery.models import Delivery
from breakwater.incidents.models import Containment
from breakwater.incidents.services import containing, progress
from breakwater.incidents.tests.world import LATER, channels, deletes, intrude, seal_all
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.strays.tests.world import NOW


@pytest.fixture
def row(by_bob: Access, harbour_workspace: Workspace) -> Containment:
    """Asked for, sealed, and its deletes have been sent: three of them."""
    alarm = intrude(channels(harbour_workspace), 3)
    containing.begin(by_bob, alarm, via="page", now=NOW)
    seal_all(now=NOW)
    progress.advance_all(NOW)
    assert len(deletes()) == 3
    return Containment.objects.get()


def test_what_has_just_moved_is_looked_at_again_at_once(row: Containment) -> None:
    assert row.due_at == NOW
    assert progress.advance_all(NOW) is True


def test_deletes_that_wait_for_an_hour_are_not_asked_about_all_the_time(row: Containment) -> None:
    assert progress.advance_all(NOW + timedelta(minutes=2)) is False

    row.refresh_from_db()
    assert (row.state, row.due_at) == ("deleting", NOW + timedelta(minutes=2, seconds=5))


def test_a_delete_that_moves_after_a_rest_brings_it_back(row: Containment) -> None:
    progress.advance_all(LATER)
    Delivery.objects.filter(kind="delete").update(state="verified", state_at=LATER)

    progress.advance_all(LATER + timedelta(seconds=5))

    row.refresh_from_db()
    assert row.state == "proved"
