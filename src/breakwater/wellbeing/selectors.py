"""A person's shield, and their own exposures. Of others nobody is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.domain.shield import Level, Shield, effective
from breakwater.people.models import Person
from breakwater.wellbeing.models import Exposure, OwnShield, WorkspaceShield


@dataclass(frozen=True)
class Default:
    """A workspace's shield, and the mildest level that its members may choose."""

    shield: Shield
    loosest: Level


def default_of(workspace_id: UUID) -> Default:
    """One query."""
    row = WorkspaceShield.objects.filter(workspace_id=workspace_id).first()
    if row is None:
        return Default(Shield(), Level.HELD)
    return Default(Shield(Level(row.level), row.unscored, row.media), Level(row.loosest))


def own_of(person: Person) -> OwnShield | None:
    return OwnShield.objects.filter(person=person).first()


def shield_of(person: Person, workspace_id: UUID) -> Shield:
    """What the person is spared there. Two queries."""
    default, own = default_of(workspace_id), own_of(person)
    if own is None:
        return default.shield
    level = None if own.level is None else Level(own.level)
    chosen = {"unscored": own.unscored, "media": own.media}
    return effective(default.shield, default.loosest, level, chosen)


def opened_by(person: Person, *, since: datetime) -> int:
    """How many veiled things the person opened since then, in all their workspaces."""
    return Exposure.objects.filter(person=person, created_at__gte=since).count()


def opened_of(person: Person, what: str, subjects: list[str]) -> set[str]:
    """Which of these the person has opened."""
    rows = Exposure.objects.filter(person=person, what=what, subject__in=subjects)
    return set(rows.values_list("subject", flat=True))
