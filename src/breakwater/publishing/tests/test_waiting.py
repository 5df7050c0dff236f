"""Each person sees what waits for them, and nothing else."""

from datetime import datetime

import pytest

from breakwater.delivery.models import Delivery
from breakwater.domain.errors import NotFound
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.models import Post, Version
from breakwater.publishing.selectors import (
    Waiting,
    decisions_of,
    post_of,
    targets_of,
    version_of,
    versions_of,
    waiting_for,
)
from breakwater.publishing.tests.conftest import advance

NOTHING = Waiting((), (), ())


def test_the_approver_has_it_to_approve(
    submitted: Version, ann: Person, bob: Person, eve: Person, harbour_workspace: Workspace
) -> None:
    assert waiting_for(bob.pk, harbour_workspace.pk) == Waiting((submitted.post,), (), ())
    assert waiting_for(ann.pk, harbour_workspace.pk) == NOTHING
    assert waiting_for(eve.pk, harbour_workspace.pk) == NOTHING


def test_an_owner_does_not_have_their_own_to_approve(
    submitted: Version, ann: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)

    assert waiting_for(ann.pk, harbour_workspace.pk) == NOTHING


def test_the_author_has_the_changes_asked_until_submitted_again(
    submitted: Version, ann: Person, bob: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    post = services.decide(
        submitted, by=bob.pk, approved=False, digest=submitted.digest, comment="Fog.", now=now
    )
    assert waiting_for(ann.pk, harbour_workspace.pk) == Waiting((), (post,), ())
    assert waiting_for(bob.pk, harbour_workspace.pk) == NOTHING

    services.submit(post, by=ann.pk, now=now)

    assert waiting_for(ann.pk, harbour_workspace.pk) == NOTHING


def test_questions_are_for_those_who_may_answer(
    scheduled: Post, ann: Person, bob: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    row = advance(Delivery.objects.get(), "missed", now=now)
    Membership.objects.filter(person=bob).update(role=Role.VIEWER)

    assert waiting_for(ann.pk, harbour_workspace.pk) == Waiting((), (), (row,))
    assert waiting_for(bob.pk, harbour_workspace.pk) == NOTHING


def test_a_posts_history_is_kept(
    scheduled: Post, submitted: Version, ann: Person, bob: Person, now: datetime
) -> None:
    post = services.reopen(scheduled, by=ann.pk, now=now)
    second = services.submit(post, by=ann.pk, now=now)

    found = post_of(post.workspace_id, post.pk)

    assert list(versions_of(found)) == [second, submitted]
    assert [(one.person, one.revoked_at) for one in decisions_of(found)] == [(bob, now)]
    assert [one.payload["text"] for one in targets_of(second.pk)] == ["Fog on the pier."]
    assert version_of(post.workspace_id, second.pk) == second


def test_another_workspaces_post_is_not_there(
    submitted: Version, other_workspace: Workspace
) -> None:
    with pytest.raises(NotFound):
        post_of(other_workspace.pk, submitted.post_id)
    with pytest.raises(NotFound):
        version_of(other_workspace.pk, submitted.pk)
