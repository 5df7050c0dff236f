"""Recognising our own post in what a network shows (docs/delivery.md, end of section 1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from breakwater.domain.guarantees import Outcome
from breakwater.domain.text import says

EARLIER = timedelta(minutes=2)
"""How far before our first call a network's own clock may date the post."""


@dataclass(frozen=True)
class Candidate:
    """One post on our account. pictures: how many; remote_id: the network's.

    spellings: as domain.text.says takes them.
    """

    remote_id: str
    text: str
    created_at: datetime
    pictures: int
    spellings: Mapping[str, str] = field(default_factory=dict)


def ours(
    candidates: Iterable[Candidate],
    *,
    text: str,
    pictures: int,
    since: datetime,
    explained: Callable[[str], bool],
) -> list[Candidate]:
    """The candidates that can be this parcel: equal text and pictures, since the first call,
    and not the post of another delivery (`explained`: remote id -> belongs to one)."""
    return [
        one
        for one in candidates
        if one.created_at >= since - EARLIER
        and says(one.text, text, one.spellings)
        and one.pictures == pictures
        and not explained(one.remote_id)
    ]


def contested(matches: Iterable[Candidate], rivals: Iterable[datetime]) -> bool:
    """Whether one of the matches can be a rival's post: an equal one, called for before it was
    there. rivals: when each of them was first called for."""
    called = list(rivals)
    return any(one.created_at >= since - EARLIER for one in matches for since in called)


def verdict(found: int, *, complete: bool, contested: bool = False) -> Outcome:
    """One: found. Several, or one that may be somebody else's: a person is asked. None counts
    only when the look was complete."""
    if found and contested:
        return Outcome.SEVERAL
    if found == 1:
        return Outcome.FOUND
    if found > 1:
        return Outcome.SEVERAL
    return Outcome.ABSENT if complete else Outcome.UNREADABLE
