"""The channel whose inbox is tried, and people at its desk."""

from collections.abc import Iterator

import pytest
from django.db.models.signals import post_init
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import channel_of
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


@pytest.fixture
def ada_at(harbour_workspace: Workspace) -> Access:
    """ada, an agent: answers people."""
    make_member(harbour_workspace, ada := make_person("ada"), Role.AGENT)
    return access(ada, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def mia_at(harbour_workspace: Workspace) -> Access:
    """mia, who manages."""
    make_member(harbour_workspace, mia := make_person("mia"), Role.MANAGER)
    return access(mia, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def ann_at(harbour_workspace: Workspace) -> Access:
    """ann, who writes posts and answers nobody."""
    ann = harbour_workspace.memberships.get(role=Role.AUTHOR).person
    return access(ann, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def read_items() -> Iterator[list[int]]:
    """Ids of the messages that are read from the database, or made, from now on."""
    found: list[int] = []

    def note(instance: Item, **_: object) -> None:
        found.append(instance.pk)

    post_init.connect(note, sender=Item)
    yield found
    post_init.disconnect(note, sender=Item)
