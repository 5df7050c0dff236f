"""A post's page shows by itself how it leaves."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import out
from breakwater.web.tests.drafts import channel, scheduled
from breakwater.web.tests.quay import at_desk

PART = {"HX-Request": "true"}


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


@pytest.fixture
def post(ann: Person, bob: Person, quay: Channel) -> Post:
    """Leaves in three days."""
    return scheduled(ann, bob, quay)


def page_of(post: Post) -> str:
    return f"/w/harbour/posts/{post.pk}/"


def test_what_waits_for_another_day_is_not_watched(ann: Person, post: Post) -> None:
    assert "every 3s" not in at_desk(ann).get(page_of(post)).content.decode()


def test_what_was_sent_now_is_watched_until_it_is_there(
    ann: Person, bob: Person, post: Post
) -> None:
    services.send_now(post, by=bob.pk, now=clock.now())
    client = at_desk(ann)
    page = client.get(page_of(post))
    stamp = page.context["stamp"]

    same = client.get(f"{page_of(post)}?seen={stamp}", headers=PART)
    out(Delivery.objects.get(), now=clock.now())
    other = client.get(f"{page_of(post)}?seen={stamp}", headers=PART)

    assert f'hx-get="{page_of(post)}?seen={stamp}"' in page.content.decode()
    assert same.status_code == 204
    said = other.content.decode()
    assert "arrived and read back" in said
    assert "What was sent" in said
    assert "<html" not in said
    assert "every 3s" not in said


def test_a_look_at_what_did_not_change_is_cheap(
    ann: Person, bob: Person, post: Post, django_assert_max_num_queries: Any
) -> None:
    services.send_now(post, by=bob.pk, now=clock.now())
    client = at_desk(ann)
    stamp = client.get(page_of(post)).context["stamp"]

    with django_assert_max_num_queries(8):
        client.get(f"{page_of(post)}?seen={stamp}", headers=PART)
