"""Taking an approval back is offered where it stops something, and says what it would do."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.publishing.models import Decision, Post
from breakwater.publishing.tests.conftest import advance, out
from breakwater.web.tests.drafts import channel, scheduled
from breakwater.web.tests.quay import at_desk, told

BUTTON = "Take the approval back"
DEED = ">Take it back</button>"


@pytest.fixture
def both(
    harbour_workspace: Workspace, ann: Person, bob: Person, tmp_path: Path, settings: Settings
) -> Post:
    """Of ann, approved by bob, for @pier and @quay."""
    settings.BLOBS = tmp_path / "blobs"
    channels: list[Channel] = [channel(harbour_workspace, name) for name in ("@quay", "@pier")]
    return scheduled(ann, bob, *channels)


def row(handle: str) -> Delivery:
    return Delivery.objects.get(channel__handle=handle)


def lead(handle: str, *states: str) -> Delivery:
    return advance(row(handle), *states, now=clock.now())


def page(client: Client, post: Post, more: str = "") -> str:
    answer = client.get(f"/w/harbour/posts/{post.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def revoke() -> str:
    return f"revoke/{Decision.objects.get().pk}/"


def test_while_all_of_it_waits_it_becomes_a_draft(ann: Person, bob: Person, both: Post) -> None:
    client = at_desk(bob)

    asked = page(client, both, revoke())
    told(client, f"/w/harbour/posts/{both.pk}/{revoke()}")

    assert "Nothing of it leaves, and the post is a draft again." in asked
    assert Post.objects.get().state == "draft"
    assert Notice.objects.get(code="revoked").person == ann


def test_where_a_part_is_out_only_the_rest_is_promised(bob: Person, both: Post) -> None:
    out(row("@quay"), now=clock.now())
    client = at_desk(bob)

    offered = page(client, both)
    asked = page(client, both, revoke())
    told(client, f"/w/harbour/posts/{both.pk}/{revoke()}")

    assert BUTTON in offered
    assert "It no longer leaves for @pier. On @quay it is out or leaving" in asked
    assert "the post does not become a draft again" in asked
    assert (row("@pier").state, row("@quay").state) == ("cancelled", "verified")
    assert Post.objects.get().state == "scheduled"


@pytest.mark.parametrize("gone", ["sending", "verified"])
def test_where_the_rest_was_refused_nothing_is_offered(bob: Person, both: Post, gone: str) -> None:
    states = ("claimed", "prepared", "sending", "accepted", "verified")
    lead("@quay", *states[: states.index(gone) + 1])
    lead("@pier", "claimed", "failed")
    client = at_desk(bob)

    offered, asked = page(client, both), page(client, both, revoke())

    assert BUTTON not in offered
    assert "Nothing is left to stop" in asked
    assert DEED not in asked


def test_what_may_be_out_already_is_not_promised_to_stop(bob: Person, both: Post) -> None:
    lead("@pier", "claimed", "failed")
    unsure = lead("@quay", "claimed", "prepared", "sending", "unknown")
    advance(unsure, "retry_wait", now=clock.now(), doubtful=True, worker=None)

    offered = page(at_desk(bob), both)

    assert BUTTON not in offered
    assert f"/w/harbour/posts/{both.pk}/reopen/" not in offered


@pytest.mark.parametrize("state", ["held", "missed"])
def test_what_waits_for_a_person_can_still_be_stopped(bob: Person, both: Post, state: str) -> None:
    out(row("@quay"), now=clock.now())
    lead("@pier", state)

    assert BUTTON in page(at_desk(bob), both)
