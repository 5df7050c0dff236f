"""The real code in simulated time, for one test."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.people.models import Person, Workspace
from tests.model.replay import Real, real_world


@pytest.fixture
def real(
    transactional_db: None,
    harbour_workspace: Workspace,
    ann: Person,
    now: datetime,
    tmp_path: Path,
    settings: Settings,
) -> Iterator[Real]:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.LOCKS, settings.SPOOL = tmp_path / "locks", tmp_path / "spool"
    with real_world(harbour_workspace, ann, now) as made:
        yield made
