"""A claim by a worker, and who presses the button."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.deliveries import all_approved

from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services import claims
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access

Leave = Callable[[datetime], list[Delivery]]


@pytest.fixture
def by_ann(ann: Person, harbour_workspace: Workspace) -> Access:
    """Writes and plans; may pause, and not resume."""
    return access(ann, harbour_workspace.slug, Right.PAUSE)


@pytest.fixture
def by_bob(bob: Person, harbour_workspace: Workspace) -> Access:
    """Approves; may resume."""
    return access(bob, harbour_workspace.slug, Right.RESUME)


@pytest.fixture
def leave(worker: Worker) -> Leave:
    """All that is due and that nothing stops has begun; what has."""

    def do(now: datetime) -> list[Delivery]:
        taken = claims.claim(worker, limit=100, approved=all_approved, now=now).taken
        return claims.begin(taken, worker, now=now)

    return do
