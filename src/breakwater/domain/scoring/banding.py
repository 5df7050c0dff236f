"""Where the bands of a text begin, by how much a team moved that, and why a text is veiled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from breakwater.domain.scoring import bands
from breakwater.domain.scoring.adapters import Adapters, Taught
from breakwater.domain.scoring.bands import Limits
from breakwater.domain.scoring.scores import ABUSE, Band, Head, Item, Score, Scorer

MOST_MOVED = 0.15
"""How far a team may move what a text is veiled from, either way."""
_LEAST, _MOST = 0.01, 1.0

Moves = Mapping[Head, float]
"""By how much a head's limits are higher than the model's."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The chances from which a text is veiled, is held, and may be somebody in danger."""

    veil: Limits
    hold: Limits
    danger: float

    def band(self, chances: Mapping[Head, float]) -> Band:
        return bands.band(chances, self.veil, self.hold, self.danger)

    def band_of(self, score: Score) -> Band:
        """Whether a text is held is the model's own word, whatever a workspace taught it."""
        if not score.alone:
            return self.band(score.chances)
        if self.band({**score.chances, **score.alone}) is Band.HELD:
            return Band.HELD
        band = self.band(score.chances)
        return Band.VEILED if band is Band.HELD else band

    def endangered(self, chances: Mapping[Head, float]) -> bool:
        return chances.get(Head.DANGER, 0.0) >= self.danger

    def over(self, chances: Mapping[Head, float]) -> tuple[Head, ...]:
        """The kinds of abuse that a text is veiled for; the one furthest beyond its limit first."""
        beyond = {
            head: chances[head] / max(self.veil[head], 1e-6)
            for head in ABUSE
            if head in chances and head in self.veil and chances[head] >= self.veil[head]
        }
        return tuple(sorted(beyond, key=lambda head: -beyond[head]))

    def moved(self, moves: Moves) -> "Edges":
        """Limits moved by at most `MOST_MOVED`; what decides nothing still decides nothing, and
        what it takes to think of danger stays."""
        if not moves:
            return self
        return Edges(_moved(self.veil, moves), _moved(self.hold, moves), self.danger)


def settled(score: Score, edges: Edges) -> Score:
    """The score with its band by these edges. Of a text that is held, all is as the model alone says it."""
    band = edges.band_of(score)
    if band is Band.HELD and score.alone:
        return replace(score, band=band, chances={**score.chances, **score.alone}, alone={})
    return replace(score, band=band)


NOWHERE = Edges({}, {}, 1.0)
"""Of a language that the scorer does not know."""


class Graded(Scorer, Protocol):
    """A scorer that says where its bands begin, which words a score comes from, and what it can be taught."""

    def __hash__(self) -> int:
        """Each is itself."""
        ...

    def explain(self, item: Item) -> Score:
        """As `score` of this one item, with its spans. Slower."""
        ...

    def edges(self, language: str) -> Edges:
        """`NOWHERE` for a language that it does not know."""
        ...

    def taught(self, item: Item) -> Mapping[Head, Taught]:
        """What a correction of this text teaches, by kind of abuse; {} where nothing is said of it."""
        ...

    def ordinary(self) -> Sequence[tuple[str, Mapping[Head, Taught]]]:
        """Languages, and the same of texts of which its word is right: the same ones each time."""
        ...

    def adapted(self, adapters: Adapters) -> "Graded":
        """Itself after these; what does not fit it counts for nothing. As fast as it is."""
        ...


def name_of(model: Scorer) -> str:
    """Its name and version, without what a workspace taught it."""
    return f"{model.id}-{model.version}"


def _moved(limits: Limits, moves: Moves) -> dict[Head, float]:
    return {head: _bounded(limit, moves.get(head, 0.0)) for head, limit in limits.items()}


def _bounded(limit: float, by: float) -> float:
    if limit > _MOST:
        return limit
    by = max(-MOST_MOVED, min(MOST_MOVED, by))
    return max(_LEAST, min(_MOST, limit + by))
