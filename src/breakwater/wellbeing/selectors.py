"""A person's shield, and their own exposures. Of others nobody is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Value

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
    return _default((row.level, row.unscored, row.media, row.loosest))


def own_of(person: Person) -> OwnShield | None:
    return OwnShield.objects.filter(person=person).first()


def shield_of(person: Person, workspace_id: UUID) -> Shield:
    """What the person is spared there. One query."""
    columns = ("level", "unscored", "media")
    chosen = OwnShield.objects.filter(person=person).values_list(
        Value("own"), *columns, Value(int(Level.HELD))
    )
    usual = WorkspaceShield.objects.filter(workspace_id=workspace_id).values_list(
        Value("usual"), *columns, "loosest"
    )
    rows = {row[0]: row[1:] for row in chosen.union(usual, all=True)}
    default = _default(rows["usual"]) if "usual" in rows else Default(Shield(), Level.HELD)
    if "own" not in rows:
        return default.shield
    level, unscored, media, _loosest = rows["own"]
    own = {"unscored": unscored, "media": media}
    return effective(default.shield, default.loosest, None if level is None else Level(level), own)


def _default(row: tuple[int, bool, bool, int]) -> Default:
    level, unscored, media, loosest = row
    return Default(Shield(Level(level), unscored, media), Level(loosest))


def opened_by(person: Person, *, since: datetime) -> int:
    """How many veiled things the person opened since then, in all their workspaces."""
    return Exposure.objects.filter(person=person, created_at__gte=since).count()


def opened_of(person: Person, what: str, subjects: list[str]) -> set[str]:
    """Which of these the person has opened."""
    rows = Exposure.objects.filter(person=person, what=what, subject__in=subjects)
    return set(rows.values_list("subject", flat=True))
