"""What a deed on somebody's message can be done to, and what it means for the message.

Deeds, and what a message is, by the names that networks.base has for them (Deed, What).
"""

from collections.abc import Iterable

from breakwater.domain.shield import USUAL
from breakwater.domain.triage import ASKS, Category

ON_PEOPLE = frozenset({"mute", "unmute", "block", "unblock", "unfollow"})
"""Done to whoever wrote it."""

ON_OWN_POSTS = frozenset({"withdraw", "restore", "pin", "unpin"})
"""Done to a post of our own: it is about what we publish, not about what somebody wrote to us."""

QUIETENS = frozenset({"hide", "remove", "mute", "block"})
"""After it nobody of us has to look at it again."""

SILENCES = frozenset({"hide", "remove", "block"})
"""Takes somebody's words, or their say, from others too."""

_FITS = {
    "like": {"comment", "mention", "quote", "tag", "post"},
    "hide": {"comment", "post"},
    "remove": {"comment", "post", "quote"},
}
"""What was written it can be done to; everything where a deed is not named."""

_CRITICISM = frozenset({*ASKS} - {Category.DANGER, Category.THREAT})
_NEVER_CLOSED = frozenset({Category.DANGER, Category.THREAT})

Ranked = tuple[Category, int | None]
"""Category and rank (domain.shield; None: not scored) of one message."""


def fits(deed: str, what: str, *, author: bool) -> bool:
    """Whether it can be done to such a message at all. author: whether it is known who wrote it."""
    if deed in ON_PEOPLE:
        return author
    kinds = _FITS.get(deed.removeprefix("un"))
    return kinds is None or what in kinds


def closes(deed: str, ranked: Ranked) -> bool:
    """Whether nothing waits in the message any more once it is done. What asks for something waits
    on, unless it was removed; a person in danger and a threat always do."""
    category, rank = ranked
    if deed not in QUIETENS or category in _NEVER_CLOSED:
        return False
    if category in ASKS:
        return deed == "remove"
    return deed == "remove" or category in (Category.ABUSE, Category.SPAM) or _abusive(rank)


def needs_reason(deed: str, messages: Iterable[Ranked]) -> bool:
    """Whether it needs a written reason: it silences more than one that is criticism, asks for
    something, or that nobody has to be spared."""
    if deed not in SILENCES:
        return False
    fair = [one for one in messages if one[0] in _CRITICISM or not _abusive(one[1])]
    return len(fair) > 1


def _abusive(rank: int | None) -> bool:
    return rank is not None and rank <= USUAL
