"""Keys and files of each test alone, and bob, who responds."""

from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.BLOBS = tmp_path / "blobs"
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SPOOL = tmp_path / "spool"
    return tmp_path


@pytest.fixture
def by_bob(bob: Person, harbour_workspace: Workspace) -> Access:
    return access(bob, "harbour", Right.RESPOND)
