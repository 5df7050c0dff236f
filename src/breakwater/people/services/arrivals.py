"""How people come in: the first owner by setting up, everybody else by invitation."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, Problem
from breakwater.people import checks
from breakwater.people.models import Invitation, Membership, Person, Policy
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, open_invitation, token_hash
from breakwater.people.services.members import add_member
from breakwater.people.services.persons import drafted, keep, with_password
from breakwater.people.services.workspaces import found

INVITATION_LIFE = timedelta(days=7)
_SETUP_LOCK = 0x62776B01  # PostgreSQL advisory lock: one first owner at a time


def first_owner(
    *,
    email: str,
    name: str,
    password: str,
    workspace: str,
    language: str,
    zone: str,
    now: datetime,
    policy: str = Policy.ONE,
) -> Person:
    """The first person, who owns a first workspace of this name and looks after the installation;
    only while there is nobody.

    Of two at once, one wins.

    Raises: Problem("already_set_up"); Invalid as add_person and create_workspace.
    """
    if Person.objects.exists():
        raise Problem(code="already_set_up")
    checks.name(workspace, "workspace")
    person = drafted(email=email, name=name, language=language, zone=zone, now=now)
    with_password(person, password, (workspace,))
    person.administrator = True
    with transaction.atomic():
        _alone()
        if Person.objects.exists():
            raise Problem(code="already_set_up")
        keep(person)
        found(name=workspace, zone=zone, language=language, policy=policy, owner=person, now=now)
    return person


def invite(by: Access, *, email: str, role: str, now: datetime) -> tuple[Invitation, str]:
    """The invitation and its token, which is in no other place: only its SHA-256 is kept.

    It works once, for seven days. An earlier open one for the same address is withdrawn.
    Raises: Forbidden, Forbidden("owner_by_owner"); Invalid (bad_email, unknown_role,
    already_member).
    """
    checks.may(by, Right.INVITE)
    checks.may_touch_role(by, checks.role(role))
    address = checks.email(email)
    if Membership.objects.filter(workspace=by.workspace, person__email__iexact=address).exists():
        raise Invalid(code="already_member", field="email")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _open_ones(by.workspace.pk).filter(email=address).update(revoked_at=now)
        invitation = Invitation.objects.create(
            workspace=by.workspace,
            email=address,
            role=role,
            token_hash=token_hash(token),
            invited_by=by.person,
            expires_at=now + INVITATION_LIFE,
            created_at=now,
        )
        _record(invitation, "invitation.made", by.person.pk, now)
    return invitation, token


def revoke_invitation(by: Access, invitation_id: UUID, *, now: datetime) -> None:
    """The invitation no longer works. Raises: Forbidden; NotFound (none, not yours, or used)."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        own = _open_ones(by.workspace.pk).filter(pk=invitation_id)
        invitation = own.first()
        if invitation is None or not own.update(revoked_at=now):
            raise NotFound(what="invitation")
        _record(invitation, "invitation.revoked", by.person.pk, now)


def accept_invitation(
    token: str,
    *,
    now: datetime,
    person: Person | None = None,
    name: str = "",
    password: str = "",
    language: str = "",
    zone: str = "",
) -> Membership:
    """The invited person is a member, once. person: who is signed in; else a new one is made
    from the invitation's address and the rest (language and zone default to the workspace's).

    Raises: NotFound("invitation_gone"); Forbidden (invitation_for_another: somebody else is
    signed in; sign_in_first: the address has a person already); Invalid as add_person.
    """
    invitation = open_invitation(token, now)
    workspace = invitation.workspace
    if person is None:
        comer = _newcomer(invitation, name, language, zone, now)
        with_password(comer, password, (workspace.name,))
    elif person.email.lower() != invitation.email or not person.is_active:
        raise Forbidden(code="invitation_for_another")
    else:
        comer = person
    with transaction.atomic():
        used = _open_ones(workspace.pk).filter(pk=invitation.pk, expires_at__gt=now)
        if not used.update(accepted_at=now):
            raise NotFound(code="invitation_gone")
        if person is None:
            keep(comer)
        return add_member(workspace, comer, invitation.role, by=comer.pk, now=now)


def _newcomer(invitation: Invitation, name: str, language: str, zone: str, now: datetime) -> Person:
    if Person.objects.filter(email__iexact=invitation.email).exists():
        raise Forbidden(code="sign_in_first")
    return drafted(
        email=invitation.email,
        name=name,
        language=language or invitation.workspace.language,
        zone=zone or invitation.workspace.zone,
        now=now,
    )


def _alone() -> None:
    """Others who set up at this moment wait. On SQLite the writer is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SETUP_LOCK])


def _open_ones(workspace_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(workspace_id=workspace_id, accepted_at=None, revoked_at=None)


def _record(invitation: Invitation, verb: str, by: UUID, now: datetime) -> None:
    data = {"email": invitation.email, "role": invitation.role}
    fact = Fact(invitation.workspace_id, verb, "invitation", invitation.pk, data)
    record([fact], by=by, now=now)
