"""What a workspace's corrections teach its scorer, what of it is used, and what is proposed."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from breakwater.core.latest import Latest
from breakwater.domain.scoring.adapters import (
    LEARNS,
    Adapter,
    Adapters,
    unpacked,
    unpacked_lesson,
)
from breakwater.domain.scoring.banding import Graded, name_of
from breakwater.domain.scoring.learning import (
    ENOUGH,
    Learning,
    Lesson,
    Ordinary,
    fingerprint,
    learn,
)
from breakwater.domain.scoring.scores import Head
from breakwater.scoring.models import Correction, Learnt, Move
from breakwater.scoring.selectors import standing, standing_moves

_MOST_READ = 10_000
"""The newest corrections of a workspace that are looked at."""
_kept: Latest[str, Learning] = Latest(64)
"""What was fitted last, by what it was fitted from: a page is looked at more often than anything is corrected."""
_FIELDS = ("pk", "created_at", "language", "should", "model", "lesson")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """One kind of abuse. learning: what it would learn by now. state: what that was computed from; what is done is
    done to what was seen. corrections: the part of it that the corrections are. standing: what is used, or waits for
    its model to come back. applies: whether that is of the model as it is."""

    head: Head
    learning: Learning
    state: str
    corrections: str
    standing: Learnt | None = None
    applies: bool = False

    @property
    def proposed(self) -> bool:
        """Not what is used already."""
        used = self.standing.seen if self.standing and self.applies else None
        return self.learning.adapter is not None and used != self.corrections


def offers(
    workspace_id: UUID,
    model: Graded,
    heads: Sequence[Head] = LEARNS,
    *,
    standing_moved: Mapping[Head, Move] | None = None,
) -> list[Offer]:
    """For each head what it would learn from its corrections. Three queries; two where the moves are known. Some
    milliseconds where nothing was corrected since it was last asked; else a fit of what is corrected often enough."""
    known = standing_moves(workspace_id) if standing_moved is None else standing_moved
    moves = {head: move.to for head, move in known.items()}
    used = standing_of(workspace_id)
    said = _lessons(workspace_id, model, heads)
    return [
        _offer(workspace_id, model, head, said[head], moves.get(head, 0.0), used.get(head))
        for head in heads
    ]


def standing_of(workspace_id: UUID) -> dict[Head, Learnt]:
    """The last of each head that was not taken back, of whatever model. One query."""
    rows = Learnt.objects.filter(workspace_id=workspace_id).order_by("number")
    return standing((Head(row.head), row, row.lessons > 0) for row in rows)


def adapters_of(workspace_id: UUID, number: int) -> Adapters | None:
    """All that stands, ready for use; None where nothing does. number: of the workspace's last step. One query."""
    rows = standing_of(workspace_id)
    found = {head: one for head, row in rows.items() if (one := _adapter(row)) is not None}
    return Adapters(number, found) if found else None


def _adapter(row: Learnt) -> Adapter | None:
    try:
        return unpacked(bytes(row.weights or b""), row.model)
    except ValueError:
        log.error("learnt.broken row=%s", row.pk)
        return None


def _lessons(
    workspace_id: UUID, model: Graded, heads: Sequence[Head]
) -> dict[Head, dict[str, Lesson]]:
    """By head and id of a correction: the last word on each text, if it teaches this model anything. One query."""
    rows = Correction.objects.filter(workspace_id=workspace_id, head__in=heads, withdrawn_at=None)
    newest = rows.order_by("-created_at", "-pk").values_list("head", "text_hash", *_FIELDS)
    met: set[tuple[str, str]] = set()
    found: dict[Head, dict[str, Lesson]] = {head: {} for head in heads}
    for name, text_hash, *fields in newest[:_MOST_READ]:
        if (name, text_hash) not in met:
            met.add((name, text_hash))
            row = Correction(**dict(zip(_FIELDS, fields, strict=True)))
            lesson = _lesson(row, Head(name), model)
            if lesson is not None:
                found[Head(name)][str(row.pk)] = lesson
    return found


def _lesson(row: Correction, head: Head, model: Graded) -> Lesson | None:
    """None of a language in which the head decides nothing, or of another model's hidden layer."""
    limit = model.edges(row.language).veil.get(head)
    if row.lesson is None or limit is None or row.model.partition("+")[0] != name_of(model):
        return None
    return Lesson(row.created_at, unpacked_lesson(bytes(row.lesson)), limit, row.should)


def _offer(
    workspace_id: UUID,
    model: Graded,
    head: Head,
    said: Mapping[str, Lesson],
    move: float,
    standing: Learnt | None,
) -> Offer:
    applies = standing is not None and standing.model == name_of(model)
    corrections = fingerprint([name_of(model), head.value, *sorted(said)])
    state = fingerprint([str(workspace_id), corrections, str(move), str(standing and standing.pk)])
    found = _kept.get(state)
    if found is None:
        ordinary = _ordinary(model, head) if len(said) >= ENOUGH else []
        used = _adapter(standing) if standing is not None and applies else None
        found = learn([*said.values()], ordinary, move=move, standing=used)
        _kept.put(state, found)
    return Offer(head, found, state, corrections, standing, applies)


def _ordinary(model: Graded, head: Head) -> list[Ordinary]:
    return [
        Ordinary(taught[head], model.edges(language).veil[head])
        for language, taught in model.ordinary()
        if head in taught and head in model.edges(language).veil
    ]
