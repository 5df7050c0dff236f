"""The people of the tests: ann writes, bob approves, eve is outside; and their workspace."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import translation

from breakwater.people.models import Membership, Person, Policy, Workspace
from breakwater.people.roles import Role

PASSWORD = "kelp lantern moored quietly"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, far from any change of clocks."""

MakePerson = Callable[..., Person]
MakeMember = Callable[[Workspace, Person, str], Membership]


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def make_person(name: str, *, language: str = "en", zone: str = "Europe/Paris") -> Person:
    """A person who signs in as <name>@example.test with PASSWORD (Argon2, hashed once)."""
    return Person.objects.create(
        email=f"{name}@example.test",
        name=name.capitalize(),
        language=language,
        zone=zone,
        password=_hashed(),
        created_at=NOW,
    )


def make_workspace(name: str, *, policy: str = Policy.ONE, zone: str = "Europe/Paris") -> Workspace:
    slug = name.lower().replace(" ", "-")
    return Workspace.objects.create(name=name, slug=slug, policy=policy, zone=zone, created_at=NOW)


def make_member(workspace: Workspace, person: Person, role: str) -> Membership:
    return Membership.objects.create(workspace=workspace, person=person, role=role, created_at=NOW)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page that was read in French leaves its thread French: the next test begins in English."""
    yield
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def ann(db: None) -> Person:
    """Writes."""
    return make_person("ann")


@pytest.fixture
def bob(db: None) -> Person:
    """Approves."""
    return make_person("bob")


@pytest.fixture
def eve(db: None) -> Person:
    """Is outside: a member of nothing."""
    return make_person("eve")


@pytest.fixture
def harbour_workspace(ann: Person, bob: Person) -> Workspace:
    """The workspace "Harbour": ann is an author, bob an approver, one approval is asked."""
    workspace = make_workspace("Harbour")
    make_member(workspace, ann, Role.AUTHOR)
    make_member(workspace, bob, Role.APPROVER)
    return workspace


@pytest.fixture
def other_workspace(eve: Person) -> Workspace:
    """eve's own workspace "Elsewhere", which nobody of Harbour belongs to."""
    workspace = make_workspace("Elsewhere")
    make_member(workspace, eve, Role.OWNER)
    return workspace


@pytest.fixture
def person_factory(db: None) -> MakePerson:
    return make_person


@pytest.fixture
def member_factory(db: None) -> MakeMember:
    return make_member
