"""Members, settings, tokens, profile, notices: what their pages do."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import make_member, make_person

from breakwater.notices.models import Notice
from breakwater.notices.services import tell
from breakwater.people.models import ApiToken, Membership, Person, Policy, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.services import token_access


@pytest.fixture
def owner(client: Client, bob: Person, harbour_workspace: Workspace) -> Client:
    """bob's browser; bob owns Harbour."""
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    client.force_login(bob)
    return client


def test_a_role_is_changed_and_a_member_removed(owner: Client, ann: Person) -> None:
    answer = owner.post(f"/w/harbour/people/{ann.pk}/role/", {"role": "viewer"})
    assert answer.status_code == 303
    assert Membership.objects.get(person=ann).role == Role.VIEWER

    asked = owner.get(f"/w/harbour/people/{ann.pk}/remove/").content.decode()
    assert "lose their access at once" in asked
    owner.post(f"/w/harbour/people/{ann.pk}/remove/")
    assert not Membership.objects.filter(person=ann).exists()


def test_the_last_owner_cannot_leave_and_is_told_why(owner: Client, bob: Person) -> None:
    answer = owner.post("/w/harbour/people/leave/")

    assert answer.status_code == 400
    assert "owner" in answer.content.decode()
    assert Membership.objects.get(person=bob).role == Role.OWNER


def test_anybody_else_may_leave(client: Client, ann: Person, harbour_workspace: Workspace) -> None:
    client.force_login(ann)

    assert client.post("/w/harbour/people/leave/")["Location"] == "/"
    assert client.get("/w/harbour/people/").status_code == 404


def test_an_invitation_is_taken_back(owner: Client) -> None:
    shown = owner.post("/w/harbour/people/invite/", {"email": "kim@example.test", "role": "agent"})
    link = re.search(r"/invitation/[\w-]+/", shown.content.decode())
    assert link
    page = owner.get("/w/harbour/people/").content.decode()
    back = re.search(r"/w/harbour/invitations/[\w-]+/revoke/", page)
    assert back

    owner.post(back[0])

    assert Client().get(link[0]).status_code == 404


def test_only_an_owner_is_offered_the_role_of_owner(
    client: Client, bob: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.MANAGER)
    client.force_login(bob)

    answer = client.post(
        "/w/harbour/people/invite/", {"email": "kim@example.test", "role": "owner"}
    )

    assert answer.status_code == 400
    assert "/invitation/" not in answer.content.decode()


def test_a_workspace_is_set_up_anew(owner: Client) -> None:
    given = {"name": "Port", "zone": "Atlantic/Azores", "language": "fr", "policy": "none"}

    answer = owner.post("/w/harbour/settings/", given)

    assert answer.status_code == 303
    kept = Workspace.objects.get()
    assert (kept.name, kept.zone, kept.language, kept.policy, kept.slug) == (
        "Port", "Atlantic/Azores", "fr", Policy.NONE, "harbour",
    )  # fmt: skip
    assert "Saved." in owner.get("/w/harbour/settings/").content.decode()


def test_a_second_workspace_is_opened(owner: Client, bob: Person) -> None:
    given = {"name": "Été", "zone": "Europe/Paris", "language": "fr", "policy": "one"}

    answer = owner.post("/workspaces/new/", given)

    assert answer["Location"] == "/w/ete/"
    assert owner.get("/workspaces/").content.decode().count("Été") >= 1


def test_an_author_is_not_shown_a_button_that_they_cannot_use(
    client: Client, ann: Person, harbour_workspace: Workspace
) -> None:
    client.force_login(ann)

    assert "/workspaces/new/" not in client.get("/").content.decode()
    assert "invite" not in client.get("/w/harbour/people/").content.decode().lower()


def test_a_token_is_shown_once_works_and_is_taken_back(owner: Client, now: datetime) -> None:
    given = {"name": "Website", "scopes": ["see", "write"], "days": "90"}

    shown = owner.post("/w/harbour/tokens/", given).content.decode()

    secret = re.search(r"bw_[a-z0-9]+_[\w-]+", shown)
    assert secret
    assert token_access(secret[0], Right.WRITE, now=now).workspace.slug == "harbour"
    again = owner.get("/w/harbour/tokens/").content.decode()
    assert secret[0] not in again
    token = ApiToken.objects.get()
    assert token.secret_hash not in shown
    owner.post(f"/w/harbour/tokens/{token.pk}/revoke/")
    assert "Website" not in owner.get("/w/harbour/tokens/").content.decode()


def test_a_profile_is_kept_and_spoken_in(owner: Client, bob: Person) -> None:
    given = {"name": "Robert", "language": "fr", "zone": "Asia/Tokyo", "theme": "calm"}

    owner.post("/profile/", given)

    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.zone, bob.theme, bob.mails) == (
        "Robert", "fr", "Asia/Tokyo", "calm", False,
    )  # fmt: skip
    page = owner.get("/profile/").content.decode()
    assert '<html lang="fr" data-theme="calm">' in page


def test_a_notice_is_read_by_opening_it_and_only_by_its_reader(
    owner: Client, bob: Person, ann: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    for person in (ann, bob):
        tell(
            [person], "approved", key="post:1", data={"who": "Zoe", "post": "Spring"},
            path="/w/harbour/people/", workspace_id=harbour_workspace.pk, now=now,
        )  # fmt: skip
    page = owner.get("/notices/").content.decode()
    assert "Zoe approved your post" in page
    assert "Notices, 1 new" in page
    own, others = Notice.objects.get(person=bob), Notice.objects.get(person=ann)

    assert owner.post(f"/notices/{others.pk}/").status_code == 404
    answer = owner.post(f"/notices/{own.pk}/")

    assert answer["Location"] == "/w/harbour/people/"
    assert Notice.objects.filter(read_at=None).get() == others
    assert "Notices, 1 new" not in owner.get("/notices/").content.decode()


def test_all_notices_are_seen_at_once(
    owner: Client, bob: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    for number in range(3):
        tell(
            [bob], "approved", key=f"post:{number}", data={"who": "Zoe", "post": "Spring"},
            path="/", workspace_id=harbour_workspace.pk, now=now,
        )  # fmt: skip

    owner.post("/notices/read/")

    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(("path", "most"), [("/", 17), ("/w/harbour/people/", 12)])
def test_a_page_asks_as_much_for_fifty_members_as_for_two(
    owner: Client, harbour_workspace: Workspace, path: str, most: int
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        owner.get(path)
    for number in range(48):
        make_member(harbour_workspace, make_person(f"p{number}"), Role.VIEWER)

    with CaptureQueriesContext(connection) as many:
        owner.get(path)

    assert len(many) == len(few) <= most
