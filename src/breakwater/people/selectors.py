"""Who may do what, where: `access` is the one place that pages and the API ask."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from breakwater.domain.errors import Forbidden, NotFound
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import RIGHTS, Right


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
    rights = RIGHTS[membership.role]
    if right not in rights:
        raise Forbidden(right=right.value, role=membership.role)
    return Access(person, membership.workspace, membership.role, rights)


def workspaces_of(person: Person) -> QuerySet[Workspace]:
    return Workspace.objects.filter(memberships__person=person).order_by("name")


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
