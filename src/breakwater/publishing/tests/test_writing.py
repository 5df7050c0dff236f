"""A draft is saved as typed; two browsers never overwrite one another."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound, StaleState
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.content import Content, parse
from breakwater.publishing.models import Post, Version
from breakwater.publishing.tests.conftest import WALL, MakeContent


def test_a_new_post_is_an_empty_draft_in_the_workspaces_zone(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    post = services.new_post(harbour_workspace.pk, by=ann.pk, now=now)

    post.refresh_from_db()
    assert (post.state, post.author, post.revision) == ("draft", ann, 1)
    assert parse(post.draft) == Content(language="en", zone="Europe/Paris")
    assert (post.planned_at, post.stands_at) == (None, now)
    assert Entry.objects.get(subject_id=post.pk).verb == "post.written"


def test_there_is_no_post_without_a_workspace(ann: Person, now: datetime) -> None:
    with pytest.raises(NotFound):
        services.new_post(new_id(), by=ann.pk, now=now)


def test_a_draft_is_saved_as_typed(
    draft: Post, bob: Person, content: MakeContent, now: datetime
) -> None:
    later = now + timedelta(minutes=1)

    services.save_draft(
        draft.pk, draft.workspace_id, 1, content("  Fog…\n\n"), by=bob.pk, now=later
    )

    draft.refresh_from_db()
    assert draft.draft["text"] == "  Fog…\n\n"
    assert (draft.revision, draft.edited_by, draft.edited_at) == (2, bob, later)
    assert (draft.title, draft.author.name) == ("Fog…", "Ann")


def test_the_planned_time_is_kept_as_typed_and_as_an_instant(draft: Post) -> None:
    assert (draft.planned_wall, draft.planned_zone) == (WALL, "Europe/Paris")
    assert draft.planned_at == draft.stands_at == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
    assert draft.planned_tzdata.startswith("20")


def test_the_second_browser_is_told_who_was_faster_and_when(
    draft: Post, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    services.save_draft(draft.pk, draft.workspace_id, 1, content("bob's"), by=bob.pk, now=now)

    with pytest.raises(StaleState) as refused:
        services.save_draft(draft.pk, draft.workspace_id, 1, content("ann's"), by=ann.pk, now=now)

    assert refused.value.data == {
        "code": "edited_elsewhere",
        "who": "Bob",
        "when": "2026-03-02T09:00:00+00:00",
        "revision": 2,
    }
    draft.refresh_from_db()
    assert (draft.draft["text"], draft.revision, draft.edited_by) == ("bob's", 2, bob)


def test_the_same_again_changes_nothing(
    draft: Post, bob: Person, content: MakeContent, now: datetime
) -> None:
    post = services.save_draft(draft.pk, draft.workspace_id, 7, content(), by=bob.pk, now=now)

    assert (post.revision, post.edited_by_id) == (1, draft.author_id)


def test_what_waits_for_approval_is_not_edited(
    submitted: Version, ann: Person, content: MakeContent, now: datetime
) -> None:
    post = submitted.post

    with pytest.raises(StaleState) as refused:
        services.save_draft(post.pk, post.workspace_id, 1, content("new"), by=ann.pk, now=now)

    assert refused.value.data == {"code": "not_a_draft", "state": "in_review"}
    post.refresh_from_db()
    assert post.draft["text"] == "Fog on the pier."


def test_another_workspaces_post_is_not_found(
    draft: Post, other_workspace: Workspace, eve: Person, content: MakeContent, now: datetime
) -> None:
    with pytest.raises(NotFound):
        services.save_draft(draft.pk, other_workspace.pk, 1, content("x"), by=eve.pk, now=now)

    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_channel_stays_chosen(draft: Post, quay: Channel) -> None:
    assert list(parse(draft.draft).targets) == [quay.pk]
