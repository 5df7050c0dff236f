"""Recognising our own post in what a network shows (docs/delivery.md, end of section 1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from breakwater.domain.guarantees import Outcome
from breakwater.domain.likeness import Likeness
from breakwater.domain.markers import addresses
from breakwater.domain.text import folded, says, shared_words

ALIKE = 0.75
"""Share of the shorter text's words that the longer one says too, from which the two may be one
post: networks cut the end off, put something before or after, or change a word."""
EARLIER = timedelta(minutes=2)
"""How far before our first call a network's own clock may date the post."""


@dataclass(frozen=True)
class Candidate:
    """One post on our account. media: how many; remote_id: the network's.

    spellings: as domain.text.says takes them.
    """

    remote_id: str
    text: str
    created_at: datetime
    media: int
    spellings: Mapping[str, str] = field(default_factory=dict)


def ours(
    candidates: Iterable[Candidate],
    *,
    text: str,
    media: int,
    since: datetime,
    explained: Callable[[str], bool],
) -> list[Candidate]:
    """The candidates that can be this parcel: equal text and media, since the first call,
    and not the post of another delivery (`explained`: remote id -> belongs to one)."""
    return [
        one
        for one in candidates
        if one.created_at >= since - EARLIER
        and says(one.text, text, one.spellings)
        and one.media == media
        and not explained(one.remote_id)
    ]


def marked(
    candidates: Iterable[Candidate],
    *,
    markers: frozenset[str],
    since: datetime,
    explained: Callable[[str], bool],
) -> list[Candidate]:
    """The candidates that carry one of our own links, whatever became of the words around it.

    markers: links in the spelling of domain.markers that no other delivery of the channel has.
    """
    return [
        one
        for one in candidates
        if markers
        and one.created_at >= since - EARLIER
        and not markers.isdisjoint(addresses(one.text))
        and not explained(one.remote_id)
    ]


def rewritten(
    candidates: Iterable[Candidate],
    *,
    text: str,
    since: datetime,
    explained: Callable[[str], bool],
    others: frozenset[str],
) -> list[Candidate]:
    """The candidates that may be this parcel in words that the network changed.

    others: folded texts of deliveries whose own post is not known yet: what says exactly theirs
    is left to them. Never adopted; but it is no proof of absence either: a person compares.
    """
    return [
        one
        for one in candidates
        if one.created_at >= since - EARLIER
        and shared_words(one.text, text) >= ALIKE
        and folded(one.text) not in others
        and not explained(one.remote_id)
    ]


def weighed(
    matches: Iterable[Candidate],
    likeness: Mapping[str, Likeness],
    *,
    rivals: Iterable[datetime],
    lookalikes: Iterable[datetime],
    complete: bool,
) -> tuple[Outcome, list[Candidate]]:
    """The outcome of a look, and the matches that remain once their media were compared.

    likeness: remote id -> whether its media look like ours (left out: not known).
    rivals: first calls of equal deliveries; lookalikes: of those whose media look like ours too.
    Equal words under other media are not adopted, and no proof of absence: a person looks.
    """
    every = list(matches)
    seen = {one.remote_id: likeness.get(one.remote_id, Likeness.UNKNOWN) for one in every}
    kept = [one for one in every if seen[one.remote_id] is not Likeness.DIFFERENT]
    if every and not kept:
        return Outcome.SEVERAL, every
    sure = all(seen[one.remote_id] is Likeness.SAME for one in kept)
    against = contested(kept, lookalikes if sure else rivals)
    return verdict(len(kept), complete=complete, contested=against), kept


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
