"""A manager who begins drills, and a practice network of the test's own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.people import make_member, make_person

from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access


@pytest.fixture
def today() -> datetime:
    """The practice network dates what happens by the real clock."""
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _a_harbour(tmp_path: Path, settings: Settings) -> None:
    settings.NETWORKS_HOME = tmp_path / "networks"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages Harbour."""
    person = make_person("mia")
    make_member(harbour_workspace, person, Role.MANAGER)
    return person


@pytest.fixture
def by_mia(mia: Person, harbour_workspace: Workspace) -> Access:
    return access(mia, harbour_workspace.slug, Right.INVITE)
