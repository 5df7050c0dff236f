"""Posts on their way, and a pause that bob pressed."""

from datetime import datetime, timedelta

import pytest
from tests.people import MakeMember, MakePerson

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.walltime import local
from breakwater.pauses.models import Pause
from breakwater.pauses.services.pausing import pause_all
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import make_channel

PARIS = "Europe/Paris"


def as_member(person: Person, workspace: Workspace) -> Access:
    return access(person, workspace.slug, Right.SEE)


def delivery(post: Post) -> Delivery:
    assert post.version_id is not None
    return Delivery.objects.get(source=post.version_id)


def plan(
    channel: Channel, text: str, at: datetime, ann: Person, bob: Person, now: datetime
) -> Post:
    """A post of ann's that bob approved, planned for `at`."""
    content = Content(
        text=text, language="en", targets={channel.pk: TargetOf()},
        wall=f"{local(at, PARIS):%Y-%m-%dT%H:%M}", zone=PARIS,
    )  # fmt: skip
    post = services.new_post(channel.workspace_id, by=ann.pk, now=now, content=content)
    version = services.submit(post, by=ann.pk, now=now)
    return services.decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)


@pytest.fixture
def quay(harbour_workspace: Workspace, now: datetime) -> Channel:
    return make_channel(harbour_workspace, "@quay", now)


@pytest.fixture
def carl(
    harbour_workspace: Workspace, person_factory: MakePerson, member_factory: MakeMember
) -> Access:
    """Manages: a second person who may decide."""
    person = person_factory("carl")
    member_factory(harbour_workspace, person, Role.MANAGER)
    return as_member(person, harbour_workspace)


@pytest.fixture
def writer(ann: Person, harbour_workspace: Workspace) -> Access:
    return as_member(ann, harbour_workspace)


@pytest.fixture
def approver(bob: Person, harbour_workspace: Workspace) -> Access:
    return as_member(bob, harbour_workspace)


@pytest.fixture
def party(quay: Channel, ann: Person, bob: Person, now: datetime) -> Post:
    return plan(quay, "Party on the quay tonight!", now + timedelta(hours=3), ann, bob, now)


@pytest.fixture
def fog(quay: Channel, ann: Person, bob: Person, now: datetime) -> Post:
    return plan(quay, "Fog is expected.", now + timedelta(days=2), ann, bob, now)


@pytest.fixture
def pause(party: Post, fog: Post, approver: Access, now: datetime) -> Pause:
    return pause_all(approver, "Fire in the harbour", via="page", now=now).pause
