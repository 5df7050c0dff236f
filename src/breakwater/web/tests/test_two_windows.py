"""Two browsers, or two windows of one, write on the same post: nothing is lost."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.content import parse
from breakwater.web.tests.drafts import channel, draft, submitted
from breakwater.web.tests.quay import at_desk
from breakwater.web.tests.typed import TYPED, edit, form, saved


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


def test_two_browsers_lose_nothing(ann: Person, bob: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    client = at_desk(ann)
    at_desk(bob).post(edit(post), form(channel=str(quay.pk), text="Bob's words."))
    mine = form(channel=str(quay.pk), text="Ann's words.")

    part = client.post(edit(post), mine, headers=TYPED)
    page = client.post(edit(post), mine)

    for answer in (part, page):
        said = answer.content.decode()
        assert answer.status_code == 409
        assert "X-Revision" not in answer
        assert "Bob saved this post while you were writing" in said
        assert "Ann&#x27;s words." in said
        assert "Bob&#x27;s words." in said
        assert 'name="over" value="2"' in said
    assert "<textarea" in page.content.decode()
    assert saved(post).text == "Bob's words."

    kept = client.post(edit(post), {**mine, "over": "2"})

    assert kept.status_code == 303
    assert saved(post).text == "Ann's words."
    assert post.revision == 3


def test_ones_own_second_window_is_called_that(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    client = at_desk(ann)
    client.post(edit(post), form(channel=str(quay.pk), text="In the other window."))

    answer = client.post(edit(post), form(channel=str(quay.pk), text="In this one."), headers=TYPED)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "You saved this post in another window" in said
    assert "Ann" not in said
    assert 'name="over" value="2"' in said
    assert saved(post).text == "In the other window."


def test_keeping_mine_is_refused_when_a_third_browser_saved(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = draft(ann, quay)
    for text in ("One.", "Two."):
        post.refresh_from_db()
        sent = form(channel=str(quay.pk), text=text, revision=str(post.revision))
        at_desk(bob).post(edit(post), sent)

    answer = at_desk(ann).post(edit(post), form(text="Mine.", over="2"))

    assert answer.status_code == 409
    assert saved(post).text == "Two."


def test_a_post_submitted_meanwhile_keeps_the_words_in_the_browser(
    ann: Person, quay: Channel
) -> None:
    post = submitted(ann, quay).post

    answer = at_desk(ann).post(edit(post), form(text="Too late."), headers=TYPED)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "This post is no longer a draft" in said
    assert "Too late." in said
    assert "Keep mine" not in said


def test_the_same_again_is_no_conflict(ann: Person, bob: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    content = parse(post.draft)
    services.save_draft(post.pk, post.workspace_id, 1, content, by=bob.pk, now=clock.now())
    sent = form(channel=str(quay.pk), text=content.text, wall=content.wall, revision="7")

    answer = at_desk(ann).post(edit(post), sent, headers=TYPED)

    assert answer.status_code == 200
    assert json.loads(answer["X-Revision"]) == 1
