"""Whose post it is learns what somebody else did to it: once, by name, and never of themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import translation
from pytest_django import Settings
from tests.people import make_member

from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.notices.models import Notice
from breakwater.notices.selectors import recent
from breakwater.notices.services import send_mails
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import TargetOf
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.tests.conftest import MakeContent, advance, make_channel

LATER = "2026-03-06T18:00"
Deed = Callable[..., Post]


def move_it(post: Post, *, by: UUID, now: datetime) -> Post:
    return services.move(post, LATER, "Europe/Paris", by=by, now=now)


def take_back(post: Post, *, by: UUID, now: datetime) -> Post:
    decision = Decision.objects.get(version=post.version)
    return services.revoke_approval(decision, by=by, now=now)


DEEDS = {
    "moved": move_it,
    "reopened": services.reopen,
    "cancelled": services.cancel,
    "revoked": take_back,
}


def news() -> list[tuple[str, str]]:
    """(person, code) of all that was told after the asking and the answer."""
    rows = Notice.objects.exclude(code__in=("asked_to_approve", "approved"))
    return sorted((str(row.person), row.code) for row in rows.select_related("person"))


@pytest.mark.parametrize("code", DEEDS)
def test_the_author_is_told_of_anothers_deed(
    scheduled: Post, ann: Person, bob: Person, now: datetime, code: str
) -> None:
    DEEDS[code](scheduled, by=bob.pk, now=now)

    assert news() == [("Ann", code)]
    told = Notice.objects.get(code=code)
    assert (told.data["who"], told.data["post"]) == ("Bob", "Fog on the pier.")
    assert told.path == f"/w/harbour/posts/{scheduled.pk}/"


@pytest.mark.parametrize("code", ["moved", "reopened", "cancelled"])
def test_nobody_is_told_of_their_own_deed(
    scheduled: Post, ann: Person, now: datetime, code: str
) -> None:
    DEEDS[code](scheduled, by=ann.pk, now=now)

    assert news() == []


@pytest.mark.parametrize("code", ["moved", "reopened", "cancelled"])
def test_the_author_is_told_while_it_still_waits_for_an_approval(
    submitted: Version, bob: Person, now: datetime, code: str
) -> None:
    DEEDS[code](submitted.post, by=bob.pk, now=now)

    assert news() == [("Ann", code)]


def test_the_new_time_is_said_to_each_in_their_language(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    move_it(scheduled, by=bob.pk, now=now)

    (told, *_rest) = recent(ann)
    assert told.title == "Bob moved your post"
    assert "Fri 6 Mar 2026, 18:00 (Paris time)" in told.body
    with translation.override("fr"):
        (told, *_rest) = recent(ann)
    assert told.title == "Bob a déplacé votre publication"
    assert "6 mars 2026" in told.body
    assert "18:00 (heure de Paris)" in told.body


def test_it_is_mailed_in_the_readers_language(
    scheduled: Post, ann: Person, bob: Person, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_URL = f"file://{tmp_path}/out"
    settings.PUBLIC_URL = "https://desk.example.org"
    Person.objects.filter(pk=ann.pk).update(language="fr")

    services.cancel(scheduled, by=bob.pk, now=now)

    assert send_mails(now) == 1
    assert Notice.objects.get(mail_state="sent").person == ann
    (file,) = (tmp_path / "out").iterdir()
    mail = BytesParser(policy=default).parsebytes(file.read_bytes())
    assert mail["to"] == "ann@example.test"
    assert "Bob a annulé votre publication" in str(mail["subject"])
    assert f"/w/harbour/posts/{scheduled.pk}/" in mail.get_content()


def test_repeated_it_is_told_once(scheduled: Post, ann: Person, bob: Person, now: datetime) -> None:
    services.reopen(scheduled, by=bob.pk, now=now)

    with pytest.raises(StaleState):
        services.reopen(scheduled, by=bob.pk, now=now)
    fresh = Post.objects.get()
    services.move(fresh, LATER, "Europe/Paris", by=bob.pk, now=now)
    services.cancel(Post.objects.get(), by=bob.pk, now=now)

    assert news() == [("Ann", "reopened")]


def test_submitted_again_and_changed_again_is_news(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    services.reopen(scheduled, by=bob.pk, now=now)
    version = services.submit(Post.objects.get(), by=ann.pk, now=now)

    services.reopen(version.post, by=bob.pk, now=now)

    assert news() == [("Ann", "reopened"), ("Ann", "reopened")]


def test_who_submitted_it_for_the_author_is_told_as_well(
    draft: Post, bob: Person, eve: Person, now: datetime, harbour_workspace: Workspace
) -> None:
    make_member(harbour_workspace, eve, Role.AUTHOR)
    version = services.submit(draft, by=eve.pk, now=now)

    services.cancel(version.post, by=bob.pk, now=now)

    assert news() == [("Ann", "cancelled"), ("Eve", "cancelled")]


def test_who_left_the_workspace_is_not_told(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    Membership.objects.filter(person=ann).delete()

    services.cancel(scheduled, by=bob.pk, now=now)

    assert news() == []


def test_a_yes_partly_taken_back_says_that_a_part_stays(
    harbour_workspace: Workspace, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    one, other = (make_channel(harbour_workspace, name, now) for name in ("@one", "@two"))
    written = content(targets={one.pk: TargetOf(), other.pk: TargetOf()})
    draft = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)
    version = services.submit(draft, by=ann.pk, now=now)
    digest = version.digest
    post = services.decide(version, by=bob.pk, approved=True, digest=digest, now=now)
    (first, _second) = deliveries_of(post)
    advance(first, "claimed", "prepared", "sending", now=now)

    take_back(post, by=bob.pk, now=now)

    assert news() == [("Ann", "revoked_partly")]
    assert "stays as it is" in recent(ann)[0].body


@pytest.mark.parametrize("code", DEEDS)
def test_what_is_refused_is_told_to_nobody(
    scheduled: Post, bob: Person, now: datetime, code: str
) -> None:
    advance(deliveries_of(scheduled)[0], "claimed", "prepared", "sending", now=now)

    with pytest.raises(StaleState):
        DEEDS[code](scheduled, by=bob.pk, now=now)

    assert news() == []


def test_a_move_that_is_no_move_is_told_to_nobody(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    services.move(scheduled, "2026-03-05T09:30", "Europe/Paris", by=bob.pk, now=now)
    with pytest.raises(Invalid):
        services.move(scheduled, "2026-03-01T09:30", "Europe/Paris", by=bob.pk, now=now)

    assert news() == []


def test_taking_the_time_away_is_told_as_a_draft_again(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    services.move(scheduled, "", "Europe/Paris", by=bob.pk, now=now)

    assert news() == [("Ann", "reopened")]


def test_a_stranger_takes_no_yes_back_and_nobody_is_told(
    scheduled: Post, eve: Person, now: datetime
) -> None:
    with pytest.raises(Forbidden):
        take_back(scheduled, by=eve.pk, now=now + timedelta(minutes=1))

    assert news() == []
