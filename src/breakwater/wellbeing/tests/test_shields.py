"""What each person is spared is the workspace's to begin with and theirs to make stricter; what they
opened is counted once, and theirs alone."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.audit.models import Entry
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.domain.shield import Level, Shield
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.wellbeing.models import Exposure, OwnShield, WorkspaceShield
from breakwater.wellbeing.selectors import (
    default_of,
    opened_by,
    opened_of,
    own_of,
    shield_of,
)
from breakwater.wellbeing.services import expose, set_default, set_own

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def mia() -> Access:
    """mia, who manages."""
    return _at(make_workspace("Harbour"), "mia", Role.MANAGER)


def _at(workspace: Workspace, name: str, role: Role) -> Access:
    make_member(workspace, person := make_person(name), role)
    return access(person, workspace.slug, Right.SEE)


def _choose(
    person: Person, level: Level | None = None, *,
    unscored: bool | None = None, media: bool | None = None,
) -> None:  # fmt: skip
    set_own(person, level=level, unscored=unscored, media=media, now=NOW)


def test_nobody_chose_anything_what_is_abusive_is_veiled(mia: Access) -> None:
    shield = shield_of(mia.person, mia.workspace.pk)

    assert shield == Shield(Level.ABUSE, unscored=True, media=True)
    assert default_of(mia.workspace.pk).loosest is Level.HELD


def test_a_workspaces_default_counts_for_its_members_alone_and_is_told(mia: Access) -> None:
    other = make_workspace("Pier")

    set_default(mia, Shield(Level.CAREFUL, unscored=False, media=False), Level.ABUSE, now=NOW)

    assert shield_of(mia.person, mia.workspace.pk) == Shield(
        Level.CAREFUL, unscored=False, media=False
    )
    assert shield_of(mia.person, other.pk) == Shield()
    entry = Entry.objects.get(verb="shield.changed")
    assert entry.actor_id == mia.person.pk
    assert entry.data == {"level": 2, "loosest": 1, "unscored": False, "media": False}


def test_a_default_changed_twice_is_the_last_one(mia: Access) -> None:
    for level in (Level.CAREFUL, Level.EVERYTHING):
        set_default(mia, Shield(level), Level.ABUSE, now=NOW)

    assert default_of(mia.workspace.pk).shield.level is Level.EVERYTHING
    assert WorkspaceShield.objects.count() == 1


def test_a_default_milder_than_its_bound_is_refused(mia: Access) -> None:
    with pytest.raises(Invalid) as refused:
        set_default(mia, Shield(Level.ABUSE), Level.CAREFUL, now=NOW)

    assert refused.value.code == "shield_bound"
    assert not WorkspaceShield.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR, Role.APPROVER, Role.VIEWER, Role.AGENCY])
def test_only_those_who_run_the_workspace_set_its_default(role: Role) -> None:
    by = _at(make_workspace("Harbour"), "ada", role)

    with pytest.raises(Forbidden):
        set_default(by, Shield(Level.EVERYTHING), Level.ABUSE, now=NOW)

    assert not WorkspaceShield.objects.exists()
    assert not Entry.objects.exists()


def test_ones_own_choice_is_stricter_always_and_looser_within_the_bound(mia: Access) -> None:
    set_default(mia, Shield(Level.CAREFUL), Level.ABUSE, now=NOW)
    levels = []

    for level in Level:
        _choose(mia.person, level, unscored=False, media=False)
        levels.append(shield_of(mia.person, mia.workspace.pk).level)

    assert levels == [Level.ABUSE, Level.ABUSE, Level.CAREFUL, Level.EVERYTHING]
    shield = shield_of(mia.person, mia.workspace.pk)
    assert (shield.unscored, shield.media) == (True, True)
    assert not Entry.objects.exclude(verb="shield.changed").exists()


def test_what_is_not_chosen_stays_as_the_workspace_says_in_each_one(mia: Access) -> None:
    pier = make_workspace("Pier")
    set_default(mia, Shield(Level.CAREFUL, media=False), Level.HELD, now=NOW)

    _choose(mia.person, media=True)

    assert shield_of(mia.person, mia.workspace.pk) == Shield(Level.CAREFUL, media=True)
    assert shield_of(mia.person, pier.pk) == Shield(Level.ABUSE, media=True)
    own = own_of(mia.person)
    assert own is not None
    assert (own.level, own.unscored, own.media) == (None, None, True)


def test_choosing_again_leaves_one_choice(mia: Access) -> None:
    _choose(mia.person, Level.EVERYTHING)

    _choose(mia.person)

    assert OwnShield.objects.count() == 1
    assert shield_of(mia.person, mia.workspace.pk) == Shield()


def test_an_exposure_is_counted_once_for_each_click_and_for_nobody_else(mia: Access) -> None:
    bob = _at(mia.workspace, "bob", Role.AGENT)
    click = new_id()

    for _ in range(2):
        expose(mia, "text", "7", rank=1, request=click, now=NOW)
    expose(mia, "media", "7", rank=None, request=new_id(), now=NOW - timedelta(days=2))

    assert opened_by(mia.person, since=NOW - timedelta(days=1)) == 1
    assert opened_by(mia.person, since=NOW - timedelta(days=7)) == 2
    assert opened_by(bob.person, since=NOW - timedelta(days=7)) == 0
    assert opened_of(mia.person, "text", ["7", "8"]) == {"7"}
    assert opened_of(bob.person, "text", ["7"]) == set()


def test_the_same_click_of_two_people_is_two_exposures(mia: Access) -> None:
    bob = _at(mia.workspace, "bob", Role.AGENT)
    click = new_id()

    for one in (mia, bob):
        expose(one, "text", "7", rank=1, request=click, now=NOW)

    assert Exposure.objects.count() == 2
