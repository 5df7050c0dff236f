"""What a team's corrections say about a threshold: how far it should move, never by itself."""

from collections.abc import Iterable

from breakwater.domain.scoring.banding import MOST_MOVED

ENOUGH = 10
"""Fewer corrections than this in one direction move nothing."""
ALL = 50
"""From as many, a threshold moves as far as it may."""
FIRST_STEP = 0.05


def move_for(should: Iterable[bool]) -> float:
    """By how much to raise the threshold of a head: -0.15 to 0.15, 0 for "leave it".

    should: for each text that was corrected, whether the head does apply to it. What should have
    been veiled lowers the threshold, what should have been shown raises it; they weigh each
    other up. One more correction in a direction never moves it the other way.
    """
    answers = list(should)
    too_strict = sum(not one for one in answers)
    surplus = too_strict - (len(answers) - too_strict)
    if abs(surplus) < ENOUGH:
        return 0.0
    share = (min(abs(surplus), ALL) - ENOUGH) / (ALL - ENOUGH)
    size = round(FIRST_STEP + share * (MOST_MOVED - FIRST_STEP), 3)
    return size if surplus > 0 else -size
