"""Who looks after the installation: named, not a role; the first person where nobody was named."""

import importlib
from datetime import datetime, timedelta

from django.apps import apps

from breakwater.audit.models import Entry
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import RIGHTS, Right
from breakwater.people.selectors import access, administers
from breakwater.people.services import first_owner, set_administrator


def test_whoever_sets_up_looks_after_the_installation(db: None, now: datetime) -> None:
    owner = first_owner(
        email="maya@pier.example", name="Maya", password="kelp lantern moored quietly",
        workspace="Pier", language="en", zone="Europe/Paris", now=now,
    )  # fmt: skip

    assert administers(owner)
    assert Right.INSTALLATION in access(owner, "pier", Right.INSTALLATION).rights


def test_no_role_has_it() -> None:
    assert not [role for role, rights in RIGHTS.items() if Right.INSTALLATION in rights]


def test_who_was_shut_out_administers_nothing(ann: Person) -> None:
    ann.administrator, ann.is_active = True, False

    assert not administers(ann)


def test_naming_somebody_is_in_every_audit_once(
    ann: Person, harbour_workspace: Workspace, other_workspace: Workspace, now: datetime
) -> None:
    set_administrator(ann, yes=True, by=None, now=now)
    set_administrator(ann, yes=True, by=None, now=now)

    entries = Entry.objects.filter(verb="person.made_administrator")
    assert {one.workspace_id for one in entries} == {harbour_workspace.pk, other_workspace.pk}


def test_an_older_installation_is_looked_after_by_its_first_person(
    ann: Person, bob: Person, now: datetime
) -> None:
    Person.objects.filter(pk=ann.pk).update(created_at=now + timedelta(days=1))
    step = importlib.import_module("breakwater.people.migrations.0003_administrator")

    step.first_person_administers(apps, None)

    assert list(Person.objects.filter(administrator=True)) == [bob]


def test_a_workspace_keeps_its_own_rights(ann: Person, harbour_workspace: Workspace) -> None:
    Person.objects.filter(pk=ann.pk).update(administrator=True)
    ann.refresh_from_db()

    rights = access(ann, "harbour", Right.SEE).rights

    assert rights == RIGHTS["author"] | {Right.INSTALLATION}
