"""What left says when it left: in month and list, on its page, and on its delivery's."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.domain.walltime import local
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import leave
from breakwater.web.tests.drafts import ZONE, channel, scheduled
from breakwater.web.tests.quay import at_desk


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


@pytest.fixture
def post(ann: Person, bob: Person, quay: Channel) -> Post:
    """Leaves in three days at 09:30."""
    return scheduled(ann, bob, quay)


@pytest.fixture
def early(post: Post, bob: Person) -> Delivery:
    """The post, sent at once."""
    services.send_now(post, by=bob.pk, now=clock.now())
    return leave(Delivery.objects.get(), clock.now())


def words(person: Person, path: str, **headers: str) -> str:
    page = at_desk(person).get(path, headers=headers).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def page_of(row: Post | Delivery) -> str:
    return f"/w/harbour/{'posts' if isinstance(row, Post) else 'deliveries'}/{row.pk}/"


def planned(post: Post) -> str:
    assert post.planned_at is not None
    return local(post.planned_at, ZONE).strftime("%a %-d %b %Y, %H:%M")


def left(row: Delivery) -> str:
    assert row.left_at is not None
    return local(row.left_at, ZONE).strftime("%a %-d %b %Y, %H:%M")


def test_before_it_leaves_its_plan_is_said(ann: Person, post: Post) -> None:
    row = Delivery.objects.get()

    for path in (page_of(post), page_of(row)):
        assert f"Planned for {planned(post)} (Paris time)" in words(ann, path)
        assert "Left" not in words(ann, path)


def test_sent_at_once_it_says_when_it_left(ann: Person, post: Post, early: Delivery) -> None:
    own, its = words(ann, page_of(post)), words(ann, page_of(early))

    assert f"Left {left(early)} (Paris time) Was planned for {planned(post)}" in own
    assert f"Left {left(early)} (Paris time) , was planned for {planned(post)}" in its
    for page in (own, its):
        assert "Planned for" not in page


def test_it_says_so_in_french(bob: Person, post: Post, early: Delivery) -> None:
    bob.language = "fr"
    bob.save()

    assert "Partie le" in words(bob, page_of(post))
    assert "Était prévu pour le" in words(bob, page_of(post))
    assert "\u00a0; départ prévu le" in at_desk(bob).get(page_of(early)).content.decode()


def test_month_and_list_show_it_where_it_left(
    ann: Person, harbour_workspace: Workspace, early: Delivery
) -> None:
    del harbour_workspace
    assert early.left_at is not None
    at = local(early.left_at, ZONE)

    month = at_desk(ann).get(f"/w/harbour/calendar/{at.year}/{at.month}/").content.decode()

    cell = month.split(f'datetime="{at.date()}"')[1].split("calendar-date")[0]
    assert f"<b>{at:%H:%M}</b>" in cell
    assert month.count('class="calendar-post"') == 1
    assert f"Left {left(early)} · @quay" in words(ann, "/w/harbour/posts/")


def test_what_left_at_its_time_says_so_once(ann: Person, post: Post) -> None:
    row = Delivery.objects.get()
    row = leave(row, row.due_at + timedelta(seconds=20 - row.due_at.second))

    for path in (page_of(post), page_of(row)):
        assert f"Left {planned(post)} (Paris time)" in words(ann, path)
        assert "lanned for" not in words(ann, path).replace("planned for", "", 1)


def test_the_head_follows_the_part_that_polls(ann: Person, early: Delivery) -> None:
    client = at_desk(ann)

    whole = client.get(page_of(early)).content.decode()
    polled = client.get(page_of(early), headers={"HX-Request": "true"}).content.decode()

    assert whole.count('<p id="departure">Left') == 1
    assert "hx-swap-oob" not in whole
    assert polled.count('<p id="departure" hx-swap-oob="true">Left') == 1
    assert "<h1>" not in polled
