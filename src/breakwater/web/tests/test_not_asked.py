"""What cannot be done with a post is said at once; nobody is asked about it first."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.models import Post
from breakwater.web.tests.drafts import channel, draft, published
from breakwater.web.tests.quay import at_desk, told


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


def page_of(post: Post) -> str:
    return f"/w/harbour/posts/{post.pk}/"


def refused(client: Client, post: Post, deed: str) -> str:
    """What the page says instead of asking about the deed."""
    answer = client.get(f"{page_of(post)}{deed}/")
    page = answer.content.decode()
    assert answer.status_code == 409, page
    assert f'action="{page_of(post)}{deed}/"' not in page
    assert '<input type="hidden" name="state"' not in page
    return page


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("send-now", "This post is not approved (any more), so it cannot be planned or sent."),
        ("take-down", "Nothing of this post is on a network."),
        ("reopen", "This post is a draft already."),
    ],
)
def test_what_a_draft_cannot_is_said_instead_of_asked(
    ann: Person, bob: Person, quay: Channel, deed: str, sentence: str
) -> None:
    post = draft(ann, quay)

    assert sentence in refused(at_desk(bob), post, deed)
    assert Post.objects.get().state == "draft"


@pytest.mark.parametrize("deed", ["reopen", "move", "cancel"])
def test_what_is_out_is_not_asked_to_be_changed(
    ann: Person, bob: Person, quay: Channel, deed: str
) -> None:
    post = published(ann, bob, quay)

    assert "It is already out on @quay" in refused(at_desk(ann), post, deed)


@pytest.mark.parametrize("deed", ["move", "cancel"])
def test_what_is_cancelled_is_only_opened_again(ann: Person, quay: Channel, deed: str) -> None:
    post = draft(ann, quay)
    services.cancel(post, by=ann.pk, now=clock.now())
    client = at_desk(ann)

    assert "This post is cancelled: nothing of it leaves." in refused(client, post, deed)
    assert "Change this post?" in client.get(f"{page_of(post)}reopen/").content.decode()


def test_what_is_out_is_not_asked_to_be_sent_or_deleted_twice(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = published(ann, bob, quay)
    client = at_desk(bob)
    assert "Nothing of this post waits to be sent." in refused(client, post, "send-now")

    told(client, f"{page_of(post)}take-down/")

    assert "It is being deleted already." in refused(client, post, "take-down")
    assert Delivery.objects.filter(kind="delete").count() == 1
