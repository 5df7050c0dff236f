"""Making a workspace and setting it up."""

from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden
from breakwater.people import checks
from breakwater.people.models import Membership, Person, Policy, Workspace
from breakwater.people.roles import RIGHTS, Right, Role
from breakwater.people.selectors import Access

_SLUG_MAX = 50


def create_workspace(
    *,
    name: str,
    zone: str,
    language: str,
    by: Person,
    now: datetime,
    policy: str = Policy.ONE,
) -> Workspace:
    """A new workspace whose owner is `by`, who may invite somewhere already.

    Raises: Forbidden; Invalid (name_empty, name_too_long, unknown_zone, unknown_language,
    unknown_policy).
    """
    roles = [role for role, rights in RIGHTS.items() if Right.INVITE in rights]
    if not by.is_active or not Membership.objects.filter(person=by, role__in=roles).exists():
        raise Forbidden(right=Right.INVITE.value)
    with transaction.atomic():
        return found(name=name, zone=zone, language=language, policy=policy, owner=by, now=now)


def found(
    *,
    name: str,
    zone: str,
    language: str,
    policy: str,
    owner: Person,
    now: datetime,
    drill: bool = False,
) -> Workspace:
    """The workspace with its first owner. Call inside a transaction. drill: for practice, for good."""
    name = checks.name(name)
    workspace = Workspace.objects.create(
        name=name,
        slug=_free_slug(name),
        zone=checks.zone(zone),
        language=checks.language(language),
        policy=checks.policy(policy),
        drill=drill,
        created_at=now,
    )
    Membership.objects.create(workspace=workspace, person=owner, role=Role.OWNER, created_at=now)
    data = {"name": name, "policy": policy}
    fact = Fact(workspace.pk, "workspace.created", "workspace", workspace.pk, data)
    record([fact], by=owner.pk, now=now)
    return workspace


def update_workspace(
    by: Access,
    *,
    now: datetime,
    name: str | None = None,
    zone: str | None = None,
    language: str | None = None,
    policy: str | None = None,
) -> Workspace:
    """What was given is set; the slug stays, so that addresses go on working.

    Raises: Forbidden; Invalid (as create_workspace).
    """
    checks.may(by, Right.INVITE)
    given = {
        "name": None if name is None else checks.name(name),
        "zone": None if zone is None else checks.zone(zone),
        "language": None if language is None else checks.language(language),
        "policy": None if policy is None else checks.policy(policy),
    }
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        changes = {
            field: value
            for field, value in given.items()
            if value is not None and value != getattr(workspace, field)
        }
        if not changes:
            return workspace
        before = {field: getattr(workspace, field) for field in changes}
        for field, value in changes.items():
            setattr(workspace, field, value)
        workspace.save(update_fields=list(changes))
        data = {"from": before, "to": changes}
        fact = Fact(workspace.pk, "workspace.changed", "workspace", workspace.pk, data)
        record([fact], by=by.person.pk, now=now)
    return workspace


def _free_slug(name: str) -> str:
    base = slugify(name)[:_SLUG_MAX].strip("-") or "workspace"
    candidates = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(one for one in candidates if not Workspace.objects.filter(slug=one).exists())
