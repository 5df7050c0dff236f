"""Whom the token acts for, its workspace, and the people there."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.people import (
    InvitationMadeOut,
    InvitationOut,
    InvitationsOut,
    InviteWish,
    MemberOut,
    MembersOut,
    MeOut,
    RoleWish,
    WorkspaceOut,
    WorkspacesOut,
)
from breakwater.notices.services import mail_invitation
from breakwater.people import selectors
from breakwater.people.models import Invitation, Membership, Workspace
from breakwater.people.roles import Right
from breakwater.people.services import change_role, invite, remove_member, revoke_invitation

router = Router(tags=["people"])


@route(router, "GET", "/me", right=None, answer=MeOut)
def me(call: Call) -> MeOut:
    """The person that the token acts for, its workspace, and what it may do there now."""
    person, access = call.access.person, call.access
    return MeOut(
        id=person.pk,
        name=person.name,
        email=person.email,
        language=person.language,
        zone=person.zone,
        workspace=_workspace(access.workspace),
        role=access.role,
        rights=sorted(access.rights),
        token_name=call.token.name,
        scopes=sorted(call.token.scopes),
        expires_at=call.token.expires_at,
    )


@route(router, "GET", "/workspaces", right=None, answer=WorkspacesOut)
def workspaces(call: Call) -> WorkspacesOut:
    """The workspaces that the token opens: the one it was made in."""
    return WorkspacesOut(items=[_workspace(call.access.workspace)])


@route(router, "GET", "/w/{slug}", right=Right.SEE, answer=WorkspaceOut)
def workspace(call: Call) -> WorkspaceOut:
    """The workspace: its zone, its language and who must approve."""
    return _workspace(call.access.workspace)


@route(router, "GET", "/w/{slug}/members", right=Right.SEE, answer=MembersOut)
def members(call: Call) -> MembersOut:
    """Everybody in the workspace, by name."""
    return MembersOut(items=[_member(row) for row in selectors.members(call.workspace_id)])


@route(router, "PUT", "/w/{slug}/members/{person_id}/role", right=Right.INVITE, answer=MemberOut)
def role(call: Call, person_id: UUID, wish: RoleWish) -> MemberOut:
    """The member has this role. Only an owner makes or unmakes owners."""
    return _member(change_role(call.access, person_id, wish.role, now=call.now))


@route(router, "DELETE", "/w/{slug}/members/{person_id}", right=Right.INVITE, status=204)
def remove(call: Call, person_id: UUID) -> None:
    """The person is a member no longer; their tokens here are dead. What they wrote stays."""
    remove_member(call.access, person_id, now=call.now)


@route(router, "GET", "/w/{slug}/invitations", right=Right.INVITE, answer=InvitationsOut)
def invitations(call: Call) -> InvitationsOut:
    """Invitations that still work, newest first. Their links are not among what is kept."""
    rows = selectors.open_invitations(call.workspace_id, call.now)
    return InvitationsOut(items=[InvitationOut(**_invitation(row)) for row in rows])


@route(
    router,
    "POST",
    "/w/{slug}/invitations",
    right=Right.INVITE,
    answer=InvitationMadeOut,
    status=201,
    apart=True,
    once_only=("link",),
)
def create_invitation(call: Call, wish: InviteWish) -> InvitationMadeOut:
    """A way in for one e-mail address, once, for seven days. The link is shown this once."""
    made, token = invite(call.access, email=wish.email, role=wish.role, now=call.now)
    path = reverse("invitation", args=[token])
    link = f"{settings.PUBLIC_URL}{path}"
    return InvitationMadeOut(**_invitation(made), link=link, mailed=mail_invitation(made, path))


@route(router, "DELETE", "/w/{slug}/invitations/{invitation_id}", right=Right.INVITE, status=204)
def delete_invitation(call: Call, invitation_id: UUID) -> None:
    """The invitation no longer works."""
    revoke_invitation(call.access, invitation_id, now=call.now)


def _workspace(row: Workspace) -> WorkspaceOut:
    return WorkspaceOut(
        id=row.pk,
        name=row.name,
        slug=row.slug,
        zone=row.zone,
        language=row.language,
        policy=row.policy,
    )


def _member(row: Membership) -> MemberOut:
    return MemberOut(
        person_id=row.person_id,
        name=row.person.name,
        email=row.person.email,
        role=row.role,
        since=row.created_at,
    )


def _invitation(row: Invitation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "email": row.email,
        "role": row.role,
        "invited_by": str(row.invited_by),
        "expires_at": row.expires_at,
    }
