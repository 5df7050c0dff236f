"""From chances to what a page may do with a text."""

from collections.abc import Mapping

from breakwater.domain.scoring.scores import ABUSE, Band, Head

Limits = Mapping[Head, float]
"""The chance from which a head decides. A head that is absent decides nothing."""


def band(chances: Mapping[Head, float], veil: Limits, hold: Limits, danger: float) -> Band:
    """danger: the chance from which somebody may be in danger. Such a text is never put away."""
    if not _reaches(chances, veil):
        return Band.CLEAR
    if _reaches(chances, hold) and chances.get(Head.DANGER, 0.0) < danger:
        return Band.HELD
    return Band.VEILED


def decides(chances: Mapping[Head, float], veil: Limits) -> Head:
    """The head that is furthest beyond its limit, or nearest to it."""
    heads = [head for head in ABUSE if head in chances and head in veil]
    return max(heads, key=lambda head: chances[head] / max(veil[head], 1e-6), default=Head.ABUSIVE)


def _reaches(chances: Mapping[Head, float], limits: Limits) -> bool:
    return any(chances.get(head, 0.0) >= limit for head, limit in limits.items())
