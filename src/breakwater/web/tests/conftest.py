"""What most tests of the inbox's pages begin with."""

import pytest

from breakwater.channels.models import Channel
from breakwater.inbox.tests.world import channel_of
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import member


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    """A channel whose messages the inbox takes in."""
    return channel_of(harbour_workspace)


@pytest.fixture
def ada(harbour_workspace: Workspace) -> Person:
    """Answers people."""
    return member(harbour_workspace, Role.AGENT, name="ada")
