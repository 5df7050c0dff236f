"""Roles of members, and their going. A workspace always keeps an owner who can sign in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound, Problem
from breakwater.people import checks
from breakwater.people.models import ApiToken, Invitation, Membership, Person, Workspace
from breakwater.people.roles import RIGHTS, Right, Role
from breakwater.people.selectors import Access
from breakwater.people.services import links


def add_member(
    workspace: Workspace, person: Person, role: str, *, by: UUID | None, now: datetime
) -> Membership:
    """The person is a member. For the command line and for accepted invitations: no rights asked.

    Raises: Invalid (unknown_role, already_member).
    """
    checks.role(role)
    with transaction.atomic():
        member, added = Membership.objects.get_or_create(
            workspace=workspace, person=person, defaults={"role": role, "created_at": now}
        )
        if not added:
            raise Invalid(code="already_member", field="email")
        data = {"person": str(person.pk), "role": role}
        fact = Fact(workspace.pk, "member.added", "membership", member.pk, data)
        record([fact], by=by, now=now)
    return member


def change_role(by: Access, person_id: UUID, role: str, *, now: datetime) -> Membership:
    """The member has the role; one who may no longer invite leaves no open invitations, and one who
    may no longer respond no guests' links.

    Raises: Forbidden, Forbidden("owner_by_owner"); NotFound; Invalid("unknown_role");
    Problem("last_owner").
    """
    checks.may(by, Right.INVITE)
    checks.role(role)
    with transaction.atomic():
        member = _locked(by, person_id)
        before = member.role
        if before == role:
            return member
        checks.may_touch_role(by, before, role)
        _keep_an_owner(member)
        member.role = role
        member.save(update_fields=["role"])
        if Right.INVITE not in RIGHTS[role]:
            _withdraw_invitations(member, now)
        if Right.RESPOND not in RIGHTS[role]:
            _end_guests(by, member, now)
        _record(by, member, "member.role_changed", {"from": before, "to": role}, now)
    return member


def remove_member(by: Access, person_id: UUID, *, now: datetime) -> None:
    """The person is a member no longer: their tokens here are dead, their invitations withdrawn, and
    the links that they gave to guests open nothing.

    Anybody may leave; others are removed by those who may invite. What they wrote stays.
    Their sessions find no door here from the next request on (`selectors.access`).
    Raises: Forbidden, Forbidden("owner_by_owner"); NotFound; Problem("last_owner").
    """
    if person_id != by.person.pk:
        checks.may(by, Right.INVITE)
    with transaction.atomic():
        member = _locked(by, person_id)
        checks.may_touch_role(by, member.role)
        _keep_an_owner(member)
        ApiToken.objects.filter(
            workspace=by.workspace, person_id=person_id, revoked_at=None
        ).update(revoked_at=now)
        _withdraw_invitations(member, now)
        _end_guests(by, member, now)
        _record(by, member, "member.removed", {"role": member.role}, now)
        member.delete()


def _locked(by: Access, person_id: UUID) -> Membership:
    """The membership, with its workspace's row locked: changes of members queue."""
    Workspace.objects.select_for_update().get(pk=by.workspace.pk)
    member = (
        Membership.objects.select_related("person")
        .filter(workspace=by.workspace, person_id=person_id)
        .first()
    )
    if member is None:
        raise NotFound(what="member")
    return member


def _keep_an_owner(leaving: Membership) -> None:
    others = Membership.objects.filter(
        workspace_id=leaving.workspace_id, role=Role.OWNER, person__is_active=True
    ).exclude(pk=leaving.pk)
    if leaving.role == Role.OWNER and not others.exists():
        raise Problem(code="last_owner")


def _withdraw_invitations(member: Membership, now: datetime) -> None:
    Invitation.objects.filter(
        workspace_id=member.workspace_id,
        invited_by_id=member.person_id,
        accepted_at=None,
        revoked_at=None,
    ).update(revoked_at=now)


def _end_guests(by: Access, member: Membership, now: datetime) -> None:
    links.revoke_of_maker(member.workspace_id, member.person_id, by=by.person.pk, now=now)


def _record(by: Access, member: Membership, verb: str, data: dict[str, str], now: datetime) -> None:
    data = {"person": str(member.person_id), **data}
    fact = Fact(by.workspace.pk, verb, "membership", member.pk, data)
    record([fact], by=by.person.pk, now=now)
