"""What each person is spared, as they and their workspace choose; what they opened, counted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid
from breakwater.domain.shield import Level, Shield
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.wellbeing.models import Exposure, OwnShield, WorkspaceShield


def set_default(by: Access, shield: Shield, loosest: Level, *, now: datetime) -> None:
    """What readers of the workspace are spared from now on. Raises: Forbidden;
    Invalid("shield_bound") when the default itself is milder than the bound."""
    checks.may(by, Right.INVITE)
    if shield.level < loosest:
        raise Invalid(code="shield_bound", field="loosest")
    said = {
        "level": int(shield.level), "loosest": int(loosest), "unscored": shield.unscored,
        "media": shield.media,
    }  # fmt: skip
    with transaction.atomic():
        WorkspaceShield.objects.update_or_create(
            workspace=by.workspace, defaults=said, create_defaults={**said, "created_at": now}
        )
        workspace = by.workspace.pk
        record(
            [Fact(workspace, "shield.changed", "workspace", workspace, said)],
            by=by.person.pk, now=now,
        )  # fmt: skip


def set_own(
    person: Person,
    *,
    level: Level | None,
    unscored: bool | None,
    media: bool | None,
    now: datetime,
) -> None:
    """What the person chose for themself; None is what the workspace says. Nobody is told."""
    said = {"level": level, "unscored": unscored, "media": media}
    OwnShield.objects.update_or_create(
        person=person, defaults=said, create_defaults={**said, "created_at": now}
    )


def expose(
    by: Access,
    what: str,
    subject: str,
    *,
    rank: int | None,
    request: UUID,
    on_behalf_of: Person | None = None,
    now: datetime,
) -> None:
    """The person is about to be shown something veiled. The same click counts once."""
    row = Exposure(
        person=by.person, workspace=by.workspace, what=what, subject=subject, rank=rank,
        on_behalf_of=on_behalf_of, request=request, created_at=now,
    )  # fmt: skip
    Exposure.objects.bulk_create([row], ignore_conflicts=True)
