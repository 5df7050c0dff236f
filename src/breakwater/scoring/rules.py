"""What a workspace changed about scoring, ready for use: read again only after a change."""

from dataclasses import dataclass, field
from uuid import UUID

from breakwater.core.latest import Latest
from breakwater.domain.scoring import terms as wording
from breakwater.domain.scoring.adapters import Adapters
from breakwater.domain.scoring.banding import Moves
from breakwater.domain.scoring.opinions import Unsure
from breakwater.scoring.installed import plugins
from breakwater.scoring.learning import adapters_of
from breakwater.scoring.models import OpinionSetup, Term, Tuning
from breakwater.scoring.selectors import standing_moves


@dataclass(frozen=True)
class Asking:
    """The plug-in that is asked for a second opinion, and of which scores."""

    scorer: str
    version: str
    languages: frozenset[str]
    unsure: Unsure


@dataclass(frozen=True)
class Rules:
    """revision: of the Tuning that they were read from. adapters: None where nothing was learnt."""

    revision: UUID | None = None
    terms: wording.Terms = field(default_factory=lambda: wording.Terms(()))
    moves: Moves = field(default_factory=dict)
    asking: Asking | None = None
    adapters: Adapters | None = None


NONE = Rules()
_kept: Latest[UUID, Rules] = Latest(256)
"""By workspace."""


def rules_of(workspace_id: UUID) -> Rules:
    """One query; more after a change. The revision is read first, so that what is kept under it is
    never older than it."""
    rows = Tuning.objects.filter(workspace_id=workspace_id).values_list("revision", "learnt")
    found = rows.first()
    if found is None:
        return NONE
    revision, learnt = found
    kept = _kept.get(workspace_id)
    if kept is not None and kept.revision == revision:
        return kept
    read = _read(workspace_id, revision, learnt)
    _kept.put(workspace_id, read)
    return read


def _read(workspace_id: UUID, revision: UUID, learnt: int) -> Rules:
    rows = Term.objects.filter(workspace_id=workspace_id)
    known = [wording.Term(row.pk, tuple(row.words.split(" ")), row.allowed) for row in rows]
    moves = {head: move.to for head, move in standing_moves(workspace_id).items() if move.to}
    adapters = adapters_of(workspace_id, learnt) if learnt else None
    return Rules(revision, wording.Terms(known), moves, _asking(workspace_id), adapters)


def _asking(workspace_id: UUID) -> Asking | None:
    row = OpinionSetup.objects.filter(workspace_id=workspace_id, on=True).first()
    plugin = plugins().get(row.scorer) if row else None
    if row is None or plugin is None:
        return None
    return Asking(plugin.id, plugin.version, plugin.languages, Unsure(row.low, row.high))
