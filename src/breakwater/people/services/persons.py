"""A person's own record. Inviting and roles are other stories."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid
from breakwater.people import checks, passwords
from breakwater.people.models import Membership, Person
from breakwater.people.selectors import every_workspace


def add_person(
    *,
    email: str,
    name: str,
    password: str,
    language: str,
    zone: str,
    now: datetime,
    words: tuple[str, ...] = (),
) -> Person:
    """A new person who can sign in and is a member of nothing yet.

    words: workspace names and such that the password must not be made of.
    Raises: Invalid (bad_email, email_taken, name_empty, name_too_long, weak_password,
    unknown_language, unknown_zone).
    """
    person = drafted(email=email, name=name, language=language, zone=zone, now=now)
    return keep(with_password(person, password, words))


def drafted(*, email: str, name: str, language: str, zone: str, now: datetime) -> Person:
    """A checked person, not kept yet."""
    return Person(
        email=checks.email(email),
        name=checks.name(name),
        language=checks.language(language),
        zone=checks.zone(zone),
        created_at=now,
    )


def with_password(person: Person, password: str, words: tuple[str, ...]) -> Person:
    """The slow part (Argon2), to be done before a transaction begins."""
    passwords.check(password, person, words)
    person.password = make_password(password)
    return person


def keep(person: Person) -> Person:
    """Raises: Invalid("email_taken")."""
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            EmailAddress.objects.create(
                user=person, email=person.email, primary=True, verified=True
            )
    except IntegrityError as error:
        raise Invalid(code="email_taken", field="email") from error
    return person


def update_profile(
    person: Person,
    *,
    language: str | None = None,
    zone: str | None = None,
    theme: str | None = None,
    mails: bool | None = None,
) -> Person:
    """What was given is set. A matter of taste that touches nobody else: not audited.

    Raises: Invalid (unknown_language, unknown_zone, unknown_theme).
    """
    given = {
        "language": None if language is None else checks.language(language),
        "zone": None if zone is None else checks.zone(zone),
        "theme": None if theme is None else checks.theme(theme),
        "mails": mails,
    }
    changes = {field: value for field, value in given.items() if value is not None}
    for field, value in changes.items():
        setattr(person, field, value)
    if changes:
        person.save(update_fields=list(changes))
    return person


def rename(person: Person, name: str, *, now: datetime) -> Person:
    """The new name, and an entry in each of the person's workspaces: others know them by it.

    Raises: Invalid (name_empty, name_too_long).
    """
    name, before = checks.name(name), person.name
    if name == before:
        return person
    with transaction.atomic():
        person.name = name
        person.save(update_fields=["name"])
        _record_everywhere(person, "person.renamed", {"from": before, "to": name}, person.pk, now)
    return person


def set_administrator(person: Person, *, yes: bool, by: UUID | None, now: datetime) -> Person:
    """Whether the person looks after the installation itself, with an entry in each workspace: the
    keys they may change open channels everywhere."""
    if person.administrator is yes:
        return person
    verb = "person.made_administrator" if yes else "person.administrator_no_longer"
    with transaction.atomic():
        person.administrator = yes
        person.save(update_fields=["administrator"])
        facts = [Fact(one, verb, "person", person.pk) for one in every_workspace()]
        record(facts, by=by, now=now)
    return person


def set_password(person: Person, password: str, *, by: UUID | None, now: datetime) -> Person:
    """The new password; all the person's sessions are over (their hash no longer fits).

    by: None for the command line. Raises: Invalid("weak_password").
    """
    with_password(person, password, ())
    with transaction.atomic():
        person.save(update_fields=["password"])
        _record_everywhere(person, "person.password_set", {}, by, now)
    return person


def end_sessions(person_ids: Collection[UUID], *, by: UUID | None, now: datetime) -> int:
    """Every browser in which these persons are signed in is asked for the password again, at its
    next request. How many persons. An entry in each of their workspaces, for it reaches them all.

    In a transaction that records elsewhere too, stand in line first (`audit.stand_in_line`) for
    `selectors.workspaces_of_all(person_ids)`, or two such deeds may tangle.
    """
    with transaction.atomic():
        ids = sorted(
            Person.objects.select_for_update()
            .filter(pk__in=person_ids)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        Person.objects.filter(pk__in=ids).update(session_epoch=F("session_epoch") + 1)
        places = Membership.objects.filter(person__in=ids).order_by("workspace_id", "person_id")
        facts = [
            Fact(workspace_id, "person.sessions_ended", "person", person_id)
            for workspace_id, person_id in places.values_list("workspace_id", "person_id")
        ]
        record(facts, by=by, now=now)
    return len(ids)


def _record_everywhere(
    person: Person, verb: str, data: dict[str, Any], by: UUID | None, now: datetime
) -> None:
    ids = Membership.objects.filter(person=person).values_list("workspace_id", flat=True)
    record([Fact(one, verb, "person", person.pk, data) for one in ids], by=by, now=now)
