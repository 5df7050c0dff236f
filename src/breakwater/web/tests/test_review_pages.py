"""Submitting exactly what is shown, and deciding on it: one tap, bound to the digest."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.people import make_member

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import MediumOf, TargetOf
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.previews import preview
from breakwater.web.tests.drafts import alone, channel, draft, picture, scheduled, submitted, wall
from breakwater.web.tests.quay import at_desk, member, told

Make = Callable[..., Post]


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


def yes(version: Version, /, **changes: Any) -> dict[str, Any]:
    return {"version": version.pk, "digest": version.digest, "answer": "yes", **changes}


def test_it_shows_exactly_what_will_be_sent(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    pier = channel(harbour_workspace, "@pier")
    asset = picture(harbour_workspace, ann)
    post = draft(
        ann,
        quay,
        media=(MediumOf(asset.pk, "The sea at noon."),),
        targets={quay.pk: TargetOf(), pier.pk: TargetOf("Own words.")},
    )
    frozen = preview(post, now=clock.now())

    page = shown(at_desk(ann), f"{page_of(post)}check/")

    assert "Exactly this will be sent" in page
    assert "Fog on the pier." in page
    assert "Own words." in page
    assert page.count(f"/w/harbour/media/sent/{asset.sha256}/") == 2
    assert "The sea at noon." in page
    assert "PNG, 40 × 30, 1 kB" in page
    assert "(Paris time)" in page
    assert frozen.digest[:12] in page
    assert f'name="digest" value="{frozen.digest}"' in page
    assert "It then waits for approval by one of: Bob." in page


def test_what_was_shown_is_submitted(ann: Person, bob: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    digest = preview(post, now=clock.now()).digest

    said = told(at_desk(ann), f"{page_of(post)}check/", {"digest": digest})

    assert "Submitted. Those who may approve it have been told." in said
    assert "waits for approval" in said
    assert Version.objects.get().digest == digest
    assert Notice.objects.get().path == page_of(post)
    assert at_desk(bob).get(Notice.objects.get().path).status_code == 200


def test_a_draft_that_changed_since_is_shown_again(ann: Person, bob: Person, quay: Channel) -> None:
    post = draft(ann, quay)
    digest = preview(post, now=clock.now()).digest
    content = preview(post, now=clock.now()).content
    moved = content.at(wall(5), content.zone)
    services.save_draft(post.pk, post.workspace_id, 1, moved, by=bob.pk, now=clock.now())

    answer = at_desk(ann).post(f"{page_of(post)}check/", {"digest": digest})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "no longer what you were shown" in page
    assert preview(Post.objects.get(), now=clock.now()).digest in page
    assert not Version.objects.exists()


def test_what_stops_it_is_said_and_nothing_can_be_submitted(ann: Person, quay: Channel) -> None:
    post = draft(ann, quay, text="x" * 501)
    client = at_desk(ann)

    page = shown(client, f"{page_of(post)}check/")
    answer = client.post(f"{page_of(post)}check/", {"digest": ""})

    assert "Not ready yet" in page
    assert "The text is 1 too long" in page
    assert "Submit exactly this" not in page
    assert answer.status_code == 400
    assert not Version.objects.exists()


def test_alone_the_person_confirms_the_digest(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    alone(harbour_workspace)
    post = draft(ann, quay)
    client = at_desk(ann)
    page = shown(client, f"{page_of(post)}check/")
    digest = preview(post, now=clock.now()).digest

    said = told(client, f"{page_of(post)}check/", {"digest": digest})

    assert "Yes, plan exactly this" in page
    assert "Confirmed. It leaves by itself at its time." in said
    decision = Decision.objects.get()
    assert (decision.person, decision.digest) == (ann, digest)
    assert Delivery.objects.get().digest == Version.objects.get().targets.get().digest


def test_alone_those_who_only_write_cannot_plan(
    harbour_workspace: Workspace, quay: Channel
) -> None:
    alone(harbour_workspace)
    kim = member(harbour_workspace, Role.AGENCY)
    post = draft(kim, quay)
    client = at_desk(kim)
    digest = preview(post, now=clock.now()).digest

    page = shown(client, f"{page_of(post)}check/")
    answer = client.post(f"{page_of(post)}check/", {"digest": digest})

    assert "Your role writes but does not plan." in page
    assert answer.status_code == 403
    assert not Delivery.objects.exists()


def test_the_approver_sees_it_all_in_two_zones(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    Person.objects.filter(pk=bob.pk).update(zone="America/New_York")
    bob.refresh_from_db()
    asset = picture(harbour_workspace, ann)
    version = submitted(ann, quay, media=(MediumOf(asset.pk, "The sea."),))

    page = shown(at_desk(bob), page_of(version.post))

    assert "(Paris time)" in page
    assert "(New York time)" in page
    assert "Written by Ann." in page
    assert "The sea." in page
    assert f"/w/harbour/media/sent/{asset.sha256}/" in page
    assert f'name="digest" value="{version.digest}"' in page
    assert version.digest[:12] in page
    assert "Ann asks you." in page


def test_one_tap_approves(ann: Person, bob: Person, quay: Channel) -> None:
    version = submitted(ann, quay)

    said = told(at_desk(bob), f"{page_of(version.post)}decide/", yes(version))

    assert "Approved. It leaves by itself at its time." in said
    assert "Take the approval back" in said
    assert Delivery.objects.get().state == "queued"
    assert Notice.objects.filter(code="approved", person=ann).exists()


def test_changes_are_asked_with_a_reason(ann: Person, bob: Person, quay: Channel) -> None:
    version = submitted(ann, quay)
    client = at_desk(bob)
    path = f"{page_of(version.post)}decide/"

    silent = client.post(path, yes(version, answer="no"))
    said = told(client, path, yes(version, answer="no", comment="Too foggy."))

    assert silent.status_code == 400
    (mend,) = re.findall(
        r'<div class="field" id="mend">.*?</p>', silent.content.decode(), re.DOTALL
    )
    assert 'aria-describedby="comment-help comment-error" aria-invalid="true"' in mend
    assert re.search(r'id="comment-error".*Say in a few words what should change\.', mend)
    assert silent.content.decode().count("Say in a few words what should change.") == 1
    assert "It is a draft again, and its author has your comment." in said
    page = shown(at_desk(ann), page_of(version.post))
    assert "Bob asks you to change it" in page
    assert "Too foggy." in page
    assert "Write on" in page
    assert not Delivery.objects.exists()


def test_a_stale_digest_is_refused_and_the_comment_stays(
    ann: Person, bob: Person, quay: Channel
) -> None:
    version = submitted(ann, quay)
    path = f"{page_of(version.post)}decide/"

    answer = at_desk(bob).post(path, yes(version, digest="0" * 64, answer="no", comment="Hm."))

    assert answer.status_code == 409
    assert "no longer what you were shown" in answer.content.decode()
    assert "Hm." in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_was_decided_meanwhile_is_said(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    kim = member(harbour_workspace, Role.APPROVER)
    version = submitted(ann, quay)
    told(at_desk(bob), f"{page_of(version.post)}decide/", yes(version))

    answer = at_desk(kim).post(f"{page_of(version.post)}decide/", yes(version))

    assert answer.status_code == 409
    assert "does not wait for approval any more" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_nobody_approves_their_own(
    bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    version = submitted(bob, quay)
    client = at_desk(bob)

    page = shown(client, page_of(version.post))
    answer = client.post(f"{page_of(version.post)}decide/", yes(version))

    assert "somebody else has to approve it" in page
    assert "Nobody here could approve it" in page
    assert 'name="answer"' not in page
    assert answer.status_code == 403
    assert "somebody else has to approve it" in answer.content.decode()
    assert not Decision.objects.exists()


def test_an_owner_cannot_approve_their_own_either(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)
    version = submitted(ann, quay)

    answer = at_desk(ann).post(f"{page_of(version.post)}decide/", yes(version))

    assert answer.status_code == 403
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("name", ["", "x", "01920000-0000-7000-8000-000000000000"])
def test_a_version_that_is_none_is_not_found(
    ann: Person, bob: Person, quay: Channel, name: str
) -> None:
    version = submitted(ann, quay)

    answer = at_desk(bob).post(f"{page_of(version.post)}decide/", yes(version, version=name))

    assert answer.status_code == 404


def test_another_posts_version_is_not_found(ann: Person, bob: Person, quay: Channel) -> None:
    one, two = submitted(ann, quay), submitted(ann, quay, text="Another.")

    answer = at_desk(bob).post(f"{page_of(one.post)}decide/", yes(two))

    assert answer.status_code == 404
    assert not Decision.objects.exists()


def test_an_approval_is_taken_back(ann: Person, bob: Person, quay: Channel) -> None:
    post = scheduled(ann, bob, quay)
    decision = Decision.objects.get()
    path = f"{page_of(post)}revoke/{decision.pk}/"
    client = at_desk(bob)

    asked = shown(client, path)
    said = told(client, path)

    assert "Take the approval back?" in asked
    assert "The approval is taken back. Nothing leaves." in said
    assert Delivery.objects.get().state == "cancelled"
    post.refresh_from_db()
    assert post.state == "draft"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", Role.values)
def test_every_role_sees_the_review_and_only_approvers_the_button(
    harbour_workspace: Workspace,
    ann: Person,
    eve: Person,
    quay: Channel,
    role: str,
    language: str,
) -> None:
    Person.objects.filter(pk=eve.pk).update(language=language)
    make_member(harbour_workspace, eve, role)
    version = submitted(ann, quay)

    page = shown(at_desk(Person.objects.get(pk=eve.pk)), page_of(version.post))

    may = role in (Role.OWNER, Role.MANAGER, Role.APPROVER)
    assert ('name="answer" value="yes"' in page) is may
    assert f'<html lang="{language}"' in page


def test_the_check_page_needs_few_queries(
    ann: Person, quay: Channel, django_assert_max_num_queries: Any
) -> None:
    post = draft(ann, quay)
    client = at_desk(ann)

    with django_assert_max_num_queries(15):
        client.get(f"{page_of(post)}check/")
