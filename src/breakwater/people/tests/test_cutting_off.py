"""Containing an intruder: sessions and tokens of a workspace die, at the next request."""

from datetime import datetime

import pytest
from django.test import Client

from breakwater.audit.models import Entry
from breakwater.domain.errors import Forbidden
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.people.services.cutting import CutOff, cut_off
from breakwater.people.services.persons import end_sessions
from breakwater.people.services.tokens import create_token, token_access


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_sessions_that_began_before_are_over_and_later_ones_are_not(
    harbour_workspace: Workspace, ann: Person, bob: Person, now: datetime
) -> None:
    stolen, other = signed_in(ann), signed_in(bob)
    assert stolen.get("/profile/").status_code == 200

    assert end_sessions([ann.pk], by=bob.pk, now=now) == 1

    assert stolen.get("/profile/").status_code == 302
    assert other.get("/profile/").status_code == 200
    ann.refresh_from_db()
    assert signed_in(ann).get("/profile/").status_code == 200


def test_sessions_from_before_there_were_epochs_go_on(ann: Person) -> None:
    client = signed_in(ann)

    assert ann.session_epoch == 0
    assert client.get("/profile/").status_code == 200


def test_a_drill_signs_nobody_out(harbour_workspace: Workspace, ann: Person, now: datetime) -> None:
    Workspace.objects.filter(pk=harbour_workspace.pk).update(drill=True)
    harbour_workspace.refresh_from_db()
    client = signed_in(ann)

    assert cut_off(harbour_workspace, by=ann.pk, now=now) == CutOff(tokens=0, persons=0)

    assert client.get("/profile/").status_code == 200


def test_cutting_off_reaches_members_and_tokens_of_the_workspace_alone(
    harbour_workspace: Workspace, other_workspace: Workspace, ann: Person, bob: Person,
    eve: Person, now: datetime,
) -> None:  # fmt: skip
    Membership.objects.filter(person=ann).update(role=Role.OWNER)
    owner = access(ann, harbour_workspace.slug, Right.INVITE)
    _, plain = create_token(owner, name="door", scopes=["see"], now=now)
    elsewhere = access(eve, other_workspace.slug, Right.INVITE)
    _, far = create_token(elsewhere, name="far", scopes=["see"], now=now)
    clients = [signed_in(one) for one in (ann, bob, eve)]

    assert cut_off(harbour_workspace, by=bob.pk, now=now) == CutOff(tokens=1, persons=2)
    assert cut_off(harbour_workspace, by=bob.pk, now=now) == CutOff(tokens=0, persons=2)

    with pytest.raises(Forbidden, match="token_invalid"):
        token_access(plain, Right.SEE, now=now)
    assert token_access(far, Right.SEE, now=now).person == eve
    assert [one.get("/profile/").status_code for one in clients] == [302, 302, 200]
    assert Entry.objects.filter(verb="token.revoked").count() == 1


def test_it_is_written_in_every_workspace_that_it_reaches(
    harbour_workspace: Workspace, other_workspace: Workspace, eve: Person, now: datetime
) -> None:
    Membership.objects.create(
        workspace=harbour_workspace, person=eve, role=Role.AUTHOR, created_at=now
    )

    end_sessions([eve.pk], by=None, now=now)

    told = Entry.objects.filter(verb="person.sessions_ended", subject_id=eve.pk)
    assert set(told.values_list("workspace_id", flat=True)) == {
        harbour_workspace.pk,
        other_workspace.pk,
    }
