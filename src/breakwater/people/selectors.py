"""Who may do what, where: `access` is the one place that pages and the API ask."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from breakwater.domain.errors import Forbidden, NotFound
from breakwater.people.models import ApiToken, Invitation, Membership, Person, Workspace
from breakwater.people.roles import RIGHTS, Right, rights_of


@dataclass(frozen=True)
class Access:
    """A person at work in a workspace: what every page and route is handed."""

    person: Person
    workspace: Workspace
    role: str
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        return right in self.rights


def access(person: Person, slug: str, right: Right) -> Access:
    """The person's access to the workspace, if their role has the right.

    Raises: NotFound when there is no such workspace or it is not theirs (said alike);
    Forbidden when it is theirs and the role lacks the right. One query.
    """
    membership = (
        Membership.objects.select_related("workspace")
        .filter(person=person, workspace__slug=slug)
        .first()
    )
    if membership is None or not person.is_active:
        raise NotFound(what="workspace")
    rights = rights_of(membership.role, administrator=person.administrator)
    if right not in rights:
        raise Forbidden(right=right.value, role=membership.role)
    return Access(person, membership.workspace, membership.role, rights)


def accesses(person: Person) -> list[Access]:
    """The person's access to each of their workspaces, by name. One query."""
    return [
        Access(
            person, one.workspace, one.role, rights_of(one.role, administrator=person.administrator)
        )
        for one in memberships_of(person)
    ]


def access_among(mine: Iterable[Access], slug: str, right: Right) -> Access:
    """As `access`, of what `accesses` has given already. No query. Raises: NotFound; Forbidden."""
    found = next((one for one in mine if one.workspace.slug == slug), None)
    if found is None or not found.person.is_active:
        raise NotFound(what="workspace")
    if not found.may(right):
        raise Forbidden(right=right.value, role=found.role)
    return found


def administers(person: Person) -> bool:
    """Whether the person looks after the installation itself: Right.INSTALLATION, without a
    workspace."""
    return person.is_active and person.administrator


def workspaces_of(person: Person) -> QuerySet[Workspace]:
    return Workspace.objects.filter(memberships__person=person).order_by("name")


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Where the person is a member, with the workspaces, by name."""
    rows = Membership.objects.filter(person=person).select_related("workspace")
    return rows.order_by("workspace__name", "pk")


def workspaces_of_all(person_ids: Iterable[UUID]) -> list[UUID]:
    """Where any of these persons is a member, in id order."""
    rows = Membership.objects.filter(person__in=person_ids).order_by("workspace_id")
    return list(rows.values_list("workspace_id", flat=True).distinct())


def workspace_named(name: str) -> Workspace | None:
    return Workspace.objects.filter(name=name).first()


def may_found(mine: Iterable[Access]) -> bool:
    """Whether a person of these accesses may open a workspace: who may invite somewhere already."""
    return any(one.may(Right.INVITE) for one in mine)


def members(workspace_id: UUID) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(workspace_id=workspace_id)
        .select_related("person")
        .order_by("person__name", "pk")
    )


def with_right(workspace_id: UUID, right: Right) -> list[Person]:
    """The active members whose role has the right."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return list(
        Person.objects.filter(
            memberships__workspace_id=workspace_id, memberships__role__in=roles, is_active=True
        ).order_by("pk")
    )


def anybody() -> bool:
    """Whether there is a person at all; False only before the first owner has set up."""
    return Person.objects.exists()


def token_hash(token: str) -> str:
    """What is kept of a token: its SHA-256, hexadecimal. (It is random: no salt is needed.)"""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, now: datetime) -> Invitation:
    """The invitation that the token opens. Raises: NotFound("invitation_gone")."""
    invitation = (
        Invitation.objects.select_related("workspace", "invited_by")
        .filter(token_hash=token_hash(token), accepted_at=None, revoked_at=None, expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise NotFound(code="invitation_gone")
    return invitation


def open_invitations(workspace_id: UUID, now: datetime) -> QuerySet[Invitation]:
    """Those that still work, newest first."""
    return (
        Invitation.objects.filter(
            workspace_id=workspace_id, accepted_at=None, revoked_at=None, expires_at__gt=now
        )
        .select_related("invited_by")
        .order_by("-created_at", "-pk")
    )


def api_tokens(workspace_id: UUID) -> QuerySet[ApiToken]:
    """The workspace's tokens, newest first, dead ones too."""
    return (
        ApiToken.objects.filter(workspace_id=workspace_id)
        .select_related("person")
        .order_by("-created_at", "-pk")
    )


def every_workspace() -> list[UUID]:
    """For what concerns all of them at once, such as an entry in each audit chain."""
    return list(Workspace.objects.order_by("pk").values_list("pk", flat=True))


def everybody() -> QuerySet[Person]:
    """All persons with their memberships, for the command line."""
    return Person.objects.prefetch_related("memberships__workspace").order_by("email")


def person_at(email: str) -> Person:
    """The person of this address. Raises: NotFound("no_such_person")."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise NotFound(code="no_such_person", email=email)
    return person


def workspace_at(slug: str) -> Workspace:
    """For the command line, which acts for nobody. Raises: NotFound("no_such_workspace")."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        raise NotFound(code="no_such_workspace", slug=slug)
    return workspace
