"""Cursors of our own, for networks that only give their newest things: a moment and what was told
of that very second, so that nothing is told twice and nothing is lost."""

from collections.abc import Iterable

from breakwater.networks.arrivals import Arrived, Batch

MOST = 1000
"""Characters that a cursor may have."""


def newer(found: Iterable[Arrived], cursor: str) -> Batch:
    """Those that came after the cursor's moment, oldest first."""
    since, _, ids = cursor.partition(" ")
    told = set(ids.split())
    fresh = {
        (one.at, one.remote_id): one
        for one in found
        if (one.at.isoformat(), one.remote_id not in told) > (since, False)
    }
    rows = [fresh[key] for key in sorted(fresh)]
    last = max((one.at.isoformat() for one in rows), default=since)
    same = {one.remote_id for one in rows if one.at.isoformat() == last}
    return Batch(tuple(rows), _cursor(last, same | told if last == since else same))


def _cursor(last: str, told: set[str]) -> str:
    """Where the ids are too many, some of that second are told again."""
    words = [last]
    for one in sorted(told):
        if len(" ".join([*words, one])) > MOST:
            break
        words.append(one)
    return " ".join(words).strip()
