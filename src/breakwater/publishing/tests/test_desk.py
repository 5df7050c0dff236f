"""What lies on one person's desk, in all their workspaces, in four queries."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.people.models import Person, Workspace
from breakwater.people.roles import RIGHTS, Role
from breakwater.publishing import services
from breakwater.publishing.desk import Desk, desk_of
from breakwater.publishing.models import Post, Version
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.tests.conftest import advance

DUE = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 5, 23, 0, tzinfo=UTC)


def desk(person: Person, workspace: Workspace, role: str, now: datetime = DUE) -> Desk:
    return desk_of(person.pk, {workspace.pk: RIGHTS[role]}, {workspace.pk: MIDNIGHT}, now)


def ids(posts: tuple[Post, ...]) -> list[UUID]:
    return [post.pk for post in posts]


def test_what_leaves_before_midnight_is_shown(
    scheduled: Post, bob: Person, harbour_workspace: Workspace
) -> None:
    before = desk(bob, harbour_workspace, Role.APPROVER, DUE - timedelta(hours=1))
    day_before = desk_of(
        bob.pk, {}, {harbour_workspace.pk: DUE - timedelta(hours=9)}, DUE - timedelta(hours=20)
    )
    after = desk(bob, harbour_workspace, Role.APPROVER, DUE + timedelta(minutes=1))

    assert ids(before.leaving) == [scheduled.pk]
    assert ids(day_before.leaving) == []
    assert ids(after.leaving) == []


@pytest.mark.parametrize("states", [("cancelled",), ("missed",)])
def test_what_no_longer_waits_does_not_leave(
    scheduled: Post, bob: Person, harbour_workspace: Workspace, states: tuple[str, ...]
) -> None:
    advance(deliveries_of(scheduled)[0], *states, now=DUE)

    assert desk(bob, harbour_workspace, Role.APPROVER).leaving == ()


def test_a_question_is_for_those_who_may_answer(
    scheduled: Post, bob: Person, harbour_workspace: Workspace
) -> None:
    row = advance(deliveries_of(scheduled)[0], "missed", now=DUE)

    assert [one.pk for one in desk(bob, harbour_workspace, Role.AUTHOR).questions] == [row.pk]
    assert desk(bob, harbour_workspace, Role.AGENT).questions == ()


def test_own_drafts_and_those_sent_back_are_apart(
    submitted: Version, ann: Person, bob: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    fresh = services.new_post(harbour_workspace.pk, by=ann.pk, now=now)
    services.decide(
        submitted, by=bob.pk, approved=False, digest=submitted.digest, comment="No.", now=now
    )

    own, other = (desk(one, harbour_workspace, Role.AUTHOR) for one in (ann, bob))

    assert (ids(own.changes_asked), ids(own.drafts)) == ([submitted.post_id], [fresh.pk])
    assert (other.changes_asked, other.drafts) == ((), ())


def test_approving_waits_only_for_those_who_may(
    submitted: Version, ann: Person, bob: Person, harbour_workspace: Workspace
) -> None:
    assert ids(desk(bob, harbour_workspace, Role.APPROVER).to_approve) == [submitted.post_id]
    assert desk(bob, harbour_workspace, Role.AUTHOR).to_approve == ()
    assert desk(ann, harbour_workspace, Role.OWNER).to_approve == ()


def test_four_queries_for_any_number_of_workspaces(
    submitted: Version,
    bob: Person,
    harbour_workspace: Workspace,
    other_workspace: Workspace,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rights = {one.pk: RIGHTS[Role.OWNER] for one in (harbour_workspace, other_workspace)}

    with django_assert_num_queries(4):
        desk_of(bob.pk, rights, dict.fromkeys(rights, MIDNIGHT), DUE)
