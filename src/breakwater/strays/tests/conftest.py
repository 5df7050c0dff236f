"""The channel that is watched, and who is on duty."""

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.strays.tests.world import channel_of


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """mia, who manages."""
    person = make_person("mia")
    make_member(harbour_workspace, person, Role.MANAGER)
    return person
