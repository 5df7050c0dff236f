"""The month and the list in the browser: they agree, in few queries, and say what to do next."""

import re
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from tests.people import make_member

from breakwater.channels.models import Channel
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.models import Post
from breakwater.web.tests.drafts import (
    channel,
    draft,
    published,
    scheduled,
    submitted,
    today,
    wall,
)
from breakwater.web.tests.quay import at_desk, member

MONTH, LIST = "/w/harbour/calendar/", "/w/harbour/posts/"


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


def of(post: Post) -> str:
    day = wall_of(post)
    return f"{MONTH}{int(day[:4])}/{int(day[5:7])}/"


def wall_of(post: Post) -> str:
    return post.planned_wall


def shown(person: Person, path: str) -> str:
    answer = at_desk(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def tiles(page: str) -> dict[str, str]:
    """Address of a post -> the words of its tile or row."""
    found = re.findall(r'<a class="calendar-post".*?href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    rows = re.findall(r"<li>\s*<div class=\"rows-main\"><a href=\"([^\"]+)\">(.*?)</li>", page, re.DOTALL)  # fmt: skip
    return {href: " ".join(re.sub(r"<[^>]+>", " ", body).split()) for href, body in found + rows}


def test_month_and_list_agree(ann: Person, bob: Person, quay: Channel) -> None:
    fixed = wall(3)
    posts = [
        draft(ann, quay, wall=fixed, text="Draft."),
        submitted(ann, quay, wall=fixed, text="Asked.").post,
        scheduled(ann, bob, quay, wall=fixed, text="Planned."),
        published(ann, bob, quay, wall=fixed, text="Out."),
    ]

    month, rows = tiles(shown(ann, of(posts[0]))), tiles(shown(ann, LIST))

    assert set(month) == set(rows) == {f"{LIST}{post.pk}/" for post in posts}
    words = ["draft", "waits for approval", "planned", "published"]
    for post, word in zip(posts, words, strict=True):
        path = f"{LIST}{post.pk}/"
        assert word in month[path]
        assert word in rows[path]
        assert post.title in month[path]
        assert post.title in rows[path]
        assert "@quay" in month[path]
        assert "09:30" in month[path]


def test_an_empty_month_and_an_empty_list_say_what_to_do(
    ann: Person, harbour_workspace: Workspace
) -> None:
    viewer = member(harbour_workspace, Role.VIEWER)

    assert "Nothing is planned this month" in shown(ann, MONTH)
    assert 'href="/w/harbour/posts/new/"' in shown(ann, MONTH)
    assert "No posts yet" in shown(ann, LIST)
    assert "Nothing found" in shown(ann, f"{LIST}?text=pear")
    for path in (MONTH, LIST):
        assert "/posts/new/" not in shown(viewer, path)


def test_today_is_marked_and_can_be_written_for(ann: Person, harbour_workspace: Workspace) -> None:
    page = shown(ann, MONTH)

    cell = page.split("data-today aria-current")[1].split("</div>")[0]
    assert f'datetime="{today().date()}"' in cell
    assert f"/w/harbour/posts/new/?day={today().date()}" in cell
    assert page.count("data-today") == 1


def test_what_is_past_cannot_be_written_for(ann: Person, harbour_workspace: Workspace) -> None:
    assert "new/?day=" not in shown(ann, f"{MONTH}2020/2/")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("2026/1/", "2025/12/", "2026/2/"),
        ("2026/12/", "2026/11/", "2027/1/"),
        ("1990/1/", "", "1990/2/"),
        ("2199/12/", "2199/11/", ""),
    ],
)
def test_months_are_turned_by_links(
    ann: Person, harbour_workspace: Workspace, path: str, before: str, after: str
) -> None:
    page = shown(ann, f"{MONTH}{path}")

    turned = dict(re.findall(r'data-(previous|next) href="([^"]+)"', page))
    expected = {"previous": before, "next": after}
    assert turned == {name: f"{MONTH}{to}" for name, to in expected.items() if to}


@pytest.mark.parametrize("path", ["2026/13/", "2026/0/", "1000/1/", "9999/12/"])
def test_what_is_no_month_is_said(ann: Person, harbour_workspace: Workspace, path: str) -> None:
    answer = at_desk(ann).get(f"{MONTH}{path}")

    assert answer.status_code == 400
    assert "This is not a month" in answer.content.decode()


def test_whole_weeks_are_shown_from_monday(ann: Person, harbour_workspace: Workspace) -> None:
    page = shown(ann, f"{MONTH}2026/3/")

    days = re.findall(r'<time datetime="([0-9-]+)">', page)
    assert (days[0], days[-1], len(days)) == ("2026-02-23", "2026-04-05", 42)
    assert page.count("data-outside") == 11


def test_the_list_is_narrowed(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    pier = channel(harbour_workspace, "@pier")
    fog = draft(ann, quay, text="Fog on the pier.")
    sun = scheduled(ann, bob, pier, text="Sun & wind.")

    def ids(query: str) -> set[str]:
        return set(tiles(shown(ann, f"{LIST}?{query}")))

    first, second = f"{LIST}{fog.pk}/", f"{LIST}{sun.pk}/"
    assert ids("") == ids("status=nonsense&channel=x") == {first, second}
    assert ids("status=scheduled") == {second}
    assert ids(f"channel={quay.pk}") == {first}
    assert ids("text=SUN+%26") == {second}
    assert ids("text=snow") == set()


def test_the_list_goes_on_page_by_page(ann: Person, quay: Channel) -> None:
    for number in range(53):
        draft(ann, quay, text=f"Post {number}.", days=1 + number % 40)

    first = shown(ann, f"{LIST}?text=post")
    following = re.findall(r'href="(\?[^"]+after=[^"]+)"', first)[0].replace("&amp;", "&")
    second = shown(ann, f"{LIST}{following}")

    assert (len(tiles(first)), len(tiles(second))) == (50, 3)
    assert set(tiles(first)).isdisjoint(tiles(second))
    assert "To the newest" in second
    assert "Earlier posts" not in second


def test_a_link_that_we_did_not_give_is_said(ann: Person, harbour_workspace: Workspace) -> None:
    answer = at_desk(ann).get(f"{LIST}?after=nonsense")

    assert answer.status_code == 400
    assert "Begin at the first page" in answer.content.decode()


def test_another_workspaces_posts_are_not_shown(
    ann: Person, eve: Person, other_workspace: Workspace, quay: Channel
) -> None:
    post = draft(ann, quay)

    answer = at_desk(eve).get(f"/w/elsewhere/posts/{post.pk}/")

    assert answer.status_code == 404
    assert "Fog" not in shown(eve, "/w/elsewhere/posts/")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", Role.values)
def test_every_role_sees_both_in_both_languages(
    harbour_workspace: Workspace, ann: Person, eve: Person, quay: Channel, role: str, language: str
) -> None:
    make_member(harbour_workspace, eve, role)
    Person.objects.filter(pk=eve.pk).update(language=language)
    post = draft(ann, quay)
    reader = Person.objects.get(pk=eve.pk)

    for path in (of(post), LIST):
        page = shown(reader, path)
        assert "Fog on the pier." in page
        assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("path", [MONTH, LIST, f"{LIST}?status=partly&text=post"])
def test_both_need_few_queries_however_many_posts(
    ann: Person, bob: Person, quay: Channel, path: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        published(ann, bob, quay, text=f"Post {number}.", wall=wall(1 + number))
    client = at_desk(ann)

    with django_assert_max_num_queries(11):
        client.get(path)
