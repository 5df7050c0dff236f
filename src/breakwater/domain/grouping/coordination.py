"""Whether many messages look arranged: signs with their figures, never a proof."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from breakwater.domain.grouping.messages import Kept

FEWEST = 10
"""Messages, or accounts of known age, below which nothing is said."""
WINDOW = timedelta(minutes=10)
YOUNG = timedelta(days=30)
COPIED = 0.3
TOGETHER = 0.5
NEW = 0.3
EACH = 3.0


class Hint(StrEnum):
    COPIES = "copies"
    """Messages whose words another person posted too."""
    BURST = "burst"
    """Messages within the WINDOW that holds most."""
    NEW_ACCOUNTS = "new_accounts"
    """Accounts younger than YOUNG when they wrote, of those whose age is known."""
    FEW_AUTHORS = "few_authors"
    """People, of the messages: EACH or more messages by each of them, on average."""


@dataclass(frozen=True, slots=True)
class Sign:
    """`count` of `of`: the reason, in figures."""

    hint: Hint
    count: int
    of: int


def signs(messages: Sequence[Kept]) -> tuple[Sign, ...]:
    """What hints at an arrangement among the messages of a group; none for fewer than FEWEST."""
    if len(messages) < FEWEST:
        return ()
    found = (_copies(messages), _burst(messages), _new(messages), _few(messages))
    return tuple(sign for sign in found if sign)


def arranged(found: Sequence[Sign]) -> bool:
    """Whether two signs or more speak for it. One alone has many innocent reasons."""
    return len(found) > 1


def _copies(messages: Sequence[Kept]) -> Sign | None:
    authors: defaultdict[int | None, set[str]] = defaultdict(set)
    for one in messages:
        authors[one.text].add(one.author)
    copied = sum(1 for one in messages if len(authors[one.text]) > 1)
    return _sign(Hint.COPIES, copied, len(messages), COPIED)


def _burst(messages: Sequence[Kept]) -> Sign | None:
    moments = sorted(one.at for one in messages)
    if moments[-1] - moments[0] <= WINDOW:
        return Sign(Hint.BURST, len(moments), len(moments))
    most = max(at - bisect_left(moments, end - WINDOW) + 1 for at, end in enumerate(moments))
    return _sign(Hint.BURST, most, len(moments), TOGETHER)


def _new(messages: Sequence[Kept]) -> Sign | None:
    first: dict[str, bool] = {}
    for one in messages:
        if one.author_since is not None:
            first.setdefault(one.author, one.at - one.author_since < YOUNG)
    if len(first) < FEWEST:
        return None
    return _sign(Hint.NEW_ACCOUNTS, sum(first.values()), len(first), NEW)


def _few(messages: Sequence[Kept]) -> Sign | None:
    people = len({one.author for one in messages})
    few = len(messages) >= EACH * people
    return Sign(Hint.FEW_AUTHORS, people, len(messages)) if few else None


def _sign(hint: Hint, count: int, of: int, least: float) -> Sign | None:
    return Sign(hint, count, of) if count >= least * of else None
