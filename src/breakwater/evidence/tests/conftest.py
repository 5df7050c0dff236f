"""A capture of a stray post on the quay, and who may respond."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.evidence.models import Capture
from breakwater.evidence.services import ask
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    """Keys and files of this test alone."""
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.BLOBS = tmp_path / "blobs"
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SPOOL = tmp_path / "spool"
    return tmp_path


@pytest.fixture
def bob_at(harbour_workspace: Workspace, bob: Person) -> Access:
    """bob, who approves and responds."""
    return access(bob, harbour_workspace.slug, Right.RESPOND)


@pytest.fixture
def mia_at(harbour_workspace: Workspace) -> Access:
    """mia, who responds, too."""
    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)
    return access(mia, harbour_workspace.slug, Right.RESPOND)


@pytest.fixture
def ann_at(harbour_workspace: Workspace, ann: Person) -> Access:
    """ann, who writes and does not respond."""
    return access(ann, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def capture(channel: Channel, bob: Person, now: datetime) -> Capture:
    """Asked for: what somebody else wrote on our account."""
    return ask(
        channel, "1.stray", "http://harbour.internal/posts/1.stray",
        about={"what": "stray", "facts": {"text": "Burgers for everybody"}}, why="Not ours.",
        incident=None, by=bob.pk, now=now,
    )  # fmt: skip
