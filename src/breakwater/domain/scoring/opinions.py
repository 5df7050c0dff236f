"""What a second opinion may do to a score: move it within the band where the first is unsure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from breakwater.domain.scoring.scores import ABUSE, Head, Score

LOWEST, HIGHEST = 0.35, 0.75
"""Outside of these chances the embedded model is sure enough, and nobody else is asked."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The chances between which another scorer is asked, and all that it may move."""

    low: float = LOWEST
    high: float = HIGHEST

    def __contains__(self, chance: float) -> bool:
        return self.low <= chance <= self.high


def uncertain(score: Score, unsure: Unsure) -> bool:
    """Whether the worst that is said of the text is neither likely nor unlikely."""
    worst = max((score.chances[head] for head in ABUSE if head in score.chances), default=None)
    return worst is not None and worst in unsure


def moved_by(score: Score, answer: Mapping[Head, float], unsure: Unsure) -> Score:
    """The score after the answer, which counts for the kinds of abuse that the score is unsure of,
    and there no further than the edges of `unsure`."""
    chances = {
        head: max(unsure.low, min(unsure.high, answer[head]))
        if head in ABUSE and head in answer and chance in unsure
        else chance
        for head, chance in score.chances.items()
    }
    return replace(score, chances=chances)
