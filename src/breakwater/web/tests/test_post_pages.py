"""A post's page: what it is, what can be done with it by whom, and what each deed does."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.people import make_member

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.models import Decision, Post
from breakwater.web.tests.drafts import (
    alone,
    channel,
    draft,
    published,
    rows_of,
    scheduled,
    submitted,
    wall,
)
from breakwater.web.tests.quay import at_desk, member, told

DEEDS = ("reopen", "move", "cancel", "send-now", "take-down", "edit", "check")


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


def page_of(post: Post) -> str:
    return f"/w/harbour/posts/{post.pk}/"


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(page: str, post: Post) -> set[str]:
    """The deeds that the page has a link to."""
    return {deed for deed in DEEDS if f'href="{page_of(post)}{deed}/"' in page}


def state_of(post: Post) -> str:
    post.refresh_from_db()
    return post.state


def test_a_draft_is_written_on_moved_or_cancelled(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)

    page = shown(at_desk(ann), page_of(post))

    assert offered(page, post) == {"edit", "check", "move", "cancel"}
    assert "As it is written" in page


def test_what_waits_for_approval_is_opened_again(ann: Person, quay: Channel) -> None:
    post = submitted(ann, quay).post

    page = shown(at_desk(ann), page_of(post))

    assert offered(page, post) == {"reopen", "move", "cancel"}
    assert "Asked: Bob." in page
    assert "Version 1, submitted by Ann" in page


def test_what_is_planned_can_be_sent_now_by_those_who_may_approve_it(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = scheduled(ann, bob, quay)

    assert offered(shown(at_desk(ann), page_of(post)), post) == {"reopen", "move", "cancel"}
    both = {"reopen", "move", "cancel", "send-now"}
    assert offered(shown(at_desk(bob), page_of(post)), post) == both


def test_what_is_out_can_only_be_taken_down(ann: Person, bob: Person, quay: Channel) -> None:
    post = published(ann, bob, quay)
    (row,) = rows_of(post)

    author, approver = (shown(at_desk(one), page_of(post)) for one in (ann, bob))

    assert offered(author, post) == set()
    assert offered(approver, post) == {"take-down"}
    assert "published" in approver
    assert "What was sent" in approver
    assert "Take the approval back" not in approver
    assert f'href="/w/harbour/deliveries/{row.pk}/"' in approver
    assert 'href="http://harbour.internal/1"' in approver


def test_a_viewer_is_offered_nothing(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    kim = member(harbour_workspace, Role.VIEWER)
    posts = [draft(ann, quay), submitted(ann, quay).post, scheduled(ann, bob, quay)]

    client = at_desk(kim)

    assert [offered(shown(client, page_of(post)), post) for post in posts] == [set()] * 3


def test_opening_again_voids_the_approval_and_says_so(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = scheduled(ann, bob, quay)
    client = at_desk(ann)

    asked = shown(client, f"{page_of(post)}reopen/")
    said = told(client, f"{page_of(post)}reopen/", {"state": "scheduled"})

    assert "An approval is void" in asked
    assert "It is a draft again." in said
    assert state_of(post) == "draft"
    assert Decision.objects.get().revoked_at is not None
    assert rows_of(post)[0].state == "cancelled"


def test_what_is_planned_is_not_opened_by_those_who_only_write(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    kim = member(harbour_workspace, Role.AGENT)
    post = scheduled(ann, bob, quay)
    client = at_desk(kim)

    assert offered(shown(client, page_of(post)), post) == set()
    assert client.post(f"{page_of(post)}reopen/").status_code == 403
    assert state_of(post) == "scheduled"


def test_cancelling_keeps_the_text_and_can_be_undone(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = scheduled(ann, bob, quay)
    client = at_desk(ann)

    said = told(client, f"{page_of(post)}cancel/")
    assert "Cancelled. Nothing of it will leave." in said
    assert state_of(post) == "cancelled"
    assert offered(shown(client, page_of(post)), post) == {"reopen"}

    told(client, f"{page_of(post)}reopen/")
    assert state_of(post) == "draft"
    assert post.draft["text"] == "Fog on the pier."


def test_moving_asks_for_a_new_approval(ann: Person, bob: Person, quay: Channel) -> None:
    post = scheduled(ann, bob, quay)
    client = at_desk(ann)
    path = f"{page_of(post)}move/"
    other = wall(6, "18:00")

    asked = shown(client, path)
    sent = {"wall": other, "revision": str(post.revision), "state": "scheduled"}
    said = told(client, path, sent)

    assert "it becomes void" in asked
    assert f'value="{post.planned_wall}"' in asked
    assert "Moved. It has to be submitted once more." in said
    assert (state_of(post), post.planned_wall) == ("draft", other)
    assert rows_of(post)[0].state == "cancelled"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"wall": ""}, 400, "This is not a day and a time"),
        ({"wall": "2099-99-99T99:99"}, 400, "This is not a day and a time"),
        ({"wall": "2026-01-02T09:30"}, 400, "past: Fri 2 Jan 2026, 09:30 (Paris time)."),
        ({"revision": "7"}, 409, "changed this post meanwhile"),
        ({"state": "draft"}, 409, "no longer as you saw it"),
    ],
)
def test_a_move_that_cannot_be_is_said(
    ann: Person, bob: Person, quay: Channel, typed: dict[str, str], status: int, said: str
) -> None:
    post = scheduled(ann, bob, quay)
    sent = {"wall": wall(6), "revision": "1", "state": "scheduled", **typed}

    answer = at_desk(ann).post(f"{page_of(post)}move/", sent)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert state_of(post) == "scheduled"


def test_sending_now_is_a_decision_by_name(ann: Person, bob: Person, quay: Channel) -> None:
    post = scheduled(ann, bob, quay)
    client = at_desk(bob)
    path = f"{page_of(post)}send-now/"

    asked = shown(client, path)
    said = told(client, path, {"state": "scheduled"})

    assert "This is a decision in your name" in asked
    assert "It is on its way." in said
    assert rows_of(post)[0].due_at <= clock.now()
    assert Decision.objects.filter(about="now", person=bob).count() == 1


def test_the_author_cannot_send_it_now(ann: Person, bob: Person, quay: Channel) -> None:
    post = scheduled(ann, bob, quay)
    due = rows_of(post)[0].due_at

    answer = at_desk(ann).post(f"{page_of(post)}send-now/")

    assert answer.status_code == 403
    assert "Approving is for approvers" in answer.content.decode()
    assert rows_of(post)[0].due_at == due


def test_alone_the_author_sends_it_now(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    alone(harbour_workspace)
    post = draft(ann, quay)
    page = shown(at_desk(ann), f"{page_of(post)}check/")
    digest = page.split('name="digest" value="')[1].split('"')[0]
    told(at_desk(ann), f"{page_of(post)}check/", {"digest": digest})

    assert "send-now" in offered(shown(at_desk(ann), page_of(post)), post)
    told(at_desk(ann), f"{page_of(post)}send-now/")

    assert rows_of(post)[0].due_at <= clock.now()


def test_taking_down_is_ordered_once(ann: Person, bob: Person, quay: Channel) -> None:
    post = published(ann, bob, quay)
    client = at_desk(bob)
    path = f"{page_of(post)}take-down/"

    asked = shown(client, path)
    said = told(client, path)

    assert "It is deleted on" in asked
    assert "@quay" in asked
    assert "It is being deleted." in said
    assert "@quay: taking it down" in said
    assert Delivery.objects.filter(kind="delete").count() == 1
    assert offered(shown(client, page_of(post)), post) == set()


def test_what_a_network_cannot_delete_is_said_before_the_click(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = published(ann, bob, quay)
    Channel.objects.filter(pk=quay.pk).update(network="gone")
    client = at_desk(bob)

    asked = shown(client, f"{page_of(post)}take-down/")

    assert "These do not let other programs delete" in asked
    assert 'href="http://harbour.internal/1"' in asked
    assert '<button class="button" data-kind="stop">' not in asked


def test_what_began_to_leave_cannot_be_changed(ann: Person, bob: Person, quay: Channel) -> None:
    post = published(ann, bob, quay)
    client = at_desk(ann)

    for deed in ("reopen", "cancel"):
        answer = client.post(f"{page_of(post)}{deed}/")
        assert answer.status_code == 409
        assert "It is already out on @quay" in answer.content.decode()
    assert state_of(post) == "scheduled"


def named(page: str) -> list[str]:
    """The channels in the page's main part, in order, each once."""
    main = page.split("<main", 1)[1]
    return list(dict.fromkeys(re.findall(r"@(?:quay|alder|pier)\b", main)))


def test_channels_stand_in_one_order_everywhere(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    channels = [quay, *(channel(harbour_workspace, name) for name in ("@pier", "@alder"))]
    post = draft(ann, *channels)
    client = at_desk(ann)
    pages = {deed: shown(client, f"{page_of(post)}{deed}/") for deed in ("edit", "check")}
    pages["list"] = shown(client, "/w/harbour/posts/").split("<ul", 1)[1]

    sent = published(ann, bob, *channels)
    page = shown(client, page_of(sent))
    pages["deliveries"], pages["sent"] = (f"<main {part}" for part in page.split("What was sent"))

    pages["list"] = f"<main {pages['list']}"
    assert {tuple(named(page)) for page in pages.values()} == {("@alder", "@pier", "@quay")}


def test_two_people_at_once_do_it_once(ann: Person, bob: Person, quay: Channel) -> None:
    post = scheduled(ann, bob, quay)
    services.cancel(post, by=bob.pk, now=clock.now())

    answer = at_desk(ann).post(f"{page_of(post)}reopen/", {"state": "scheduled"})

    assert answer.status_code == 409
    assert "no longer as you saw it" in answer.content.decode()
    assert state_of(post) == "cancelled"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", Role.values)
def test_each_page_is_for_those_who_may(
    harbour_workspace: Workspace,
    ann: Person,
    bob: Person,
    eve: Person,
    quay: Channel,
    role: str,
    language: str,
) -> None:
    make_member(harbour_workspace, eve, role)
    Person.objects.filter(pk=eve.pk).update(language=language)
    post = scheduled(ann, bob, quay)
    client = at_desk(Person.objects.get(pk=eve.pk))

    found = {
        deed: client.get(f"{page_of(post)}{deed}/").status_code
        for deed in ("reopen", "move", "cancel", "send-now", "take-down")
    }

    plans = role in (Role.OWNER, Role.MANAGER, Role.APPROVER, Role.AUTHOR)
    approves = plans and role != Role.AUTHOR
    assert found == {
        "reopen": 200 if plans else 403,
        "move": 200 if plans else 403,
        "cancel": 200 if plans else 403,
        "send-now": 200 if approves else 403,
        "take-down": 409 if approves else 403,  # nothing of it is out
    }
    assert f'<html lang="{language}"' in client.get(page_of(post)).content.decode()


def test_a_post_needs_few_queries(
    ann: Person,
    bob: Person,
    harbour_workspace: Workspace,
    quay: Channel,
    django_assert_max_num_queries: Any,
) -> None:
    pier = channel(harbour_workspace, "@pier")
    post = published(ann, bob, quay, pier)
    client = at_desk(bob)

    with django_assert_max_num_queries(14):
        client.get(page_of(post))
