"""What pages and the API read of a workspace's scoring."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from breakwater.domain.errors import SealBroken
from breakwater.domain.scoring.adapting import move_for
from breakwater.domain.scoring.scores import ABUSE, Head
from breakwater.scoring.models import Correction, KeptText, Move, Term
from breakwater.scoring.texts import opened

_DIGITS = 4
Step = TypeVar("Step")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Proposal:
    """What a head's corrections say. now: how far its limits are moved; to: how far they should be.

    too_strict: texts that were veiled and should not be; too_mild: the other way.
    """

    head: Head
    now: float
    to: float
    too_strict: int
    too_mild: int

    @property
    def corrections(self) -> int:
        return self.too_strict + self.too_mild


def terms_of(workspace_id: UUID) -> QuerySet[Term]:
    """The workspace's words, newest first."""
    rows = Term.objects.filter(workspace_id=workspace_id).select_related("by")
    return rows.order_by("-created_at", "-pk")


def corrections_of(workspace_id: UUID) -> QuerySet[Correction]:
    """Those that stand, newest first, with whether their texts are kept."""
    rows = Correction.objects.filter(workspace_id=workspace_id, withdrawn_at=None).select_related(
        "by", "kept"
    )
    return rows.order_by("-created_at", "-pk")


def last_move(workspace_id: UUID, head: Head) -> Move | None:
    """The head's last move that was not taken back."""
    return standing_moves(workspace_id).get(head)


def standing_moves(workspace_id: UUID) -> dict[Head, Move]:
    """The last move of each head that was not taken back, for heads that have one. One query."""
    rows = Move.objects.filter(workspace_id=workspace_id).order_by("created_at", "pk")
    return standing((Head(row.head), row, row.corrections > 0) for row in rows)


def standing(steps: Iterable[tuple[Head, Step, bool]]) -> dict[Head, Step]:
    """Of each head the last step that was not taken back. steps: in order; forward, or one that takes the
    last back."""
    taken: dict[Head, list[Step]] = {}
    for head, step, forward in steps:
        before = taken.setdefault(head, [])
        if forward:
            before.append(step)
        elif before:
            before.pop()
    return {head: some[-1] for head, some in taken.items() if some}


def proposal(workspace_id: UUID, head: Head) -> Proposal:
    return proposals(workspace_id, (head,))[0]


def proposals(
    workspace_id: UUID,
    heads: tuple[Head, ...] = ABUSE,
    *,
    standing_moved: Mapping[Head, Move] | None = None,
) -> list[Proposal]:
    """For each head what its corrections say by now. Of a text that was corrected several times
    the last word counts, once. Two queries; one where the moves are known."""
    rows = Correction.objects.filter(workspace_id=workspace_id, head__in=heads, withdrawn_at=None)
    said: dict[tuple[str, str], bool] = {}
    ordered = rows.order_by("created_at", "pk").values_list("head", "text_hash", "should")
    for head, text_hash, should in ordered.iterator(chunk_size=1000):
        said[head, text_hash] = should
    standing = standing_moves(workspace_id) if standing_moved is None else standing_moved
    return [_proposal(head, said, standing.get(head)) for head in heads]


def exported(workspace_id: UUID) -> Iterator[str]:
    """JSON lines of the corrections whose makers consented, with their texts: who made them is
    not among what is given away. Oldest first, but for texts whose seal no longer opens."""
    rows = KeptText.objects.filter(
        correction__workspace_id=workspace_id,
        correction__consent=True,
        correction__withdrawn_at=None,
    )
    for kept in rows.select_related("correction").order_by("created_at", "pk").iterator():
        row = kept.correction
        try:
            text = opened(kept.sealed, table=KeptText._meta.db_table, row=kept.pk)
        except SealBroken as error:
            log.error("correction.seal_broken row=%s why=%s", kept.pk, error)
            continue
        shown = {
            "text": text,
            "language": row.language,
            "head": row.head,
            "said": round(row.said, _DIGITS),
            "veiled": row.veiled,
            "should": row.should,
            "model": row.model,
            "day": row.created_at.date().isoformat(),
        }
        yield json.dumps(shown, ensure_ascii=False)


def _proposal(head: Head, said: dict[tuple[str, str], bool], last: Move | None) -> Proposal:
    answers = [should for (one, _), should in said.items() if one == head.value]
    mild = sum(answers)
    return Proposal(head, last.to if last else 0.0, move_for(answers), len(answers) - mild, mild)
