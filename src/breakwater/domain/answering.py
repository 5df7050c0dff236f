"""Whether somebody can be answered at all, and until when: known before a word is typed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Door(StrEnum):
    """How the network's own rules stand to an answer now."""

    OPEN = "open"
    CLOSES = "closes"  # open, until a moment
    GRANTED = "granted"  # only for apps that the network has granted more, until a moment
    UNCALLED = "uncalled"  # only those who called us are answered, and they did not
    SHUT = "shut"  # too late: the network takes no answer any more


@dataclass(frozen=True)
class Rules:
    """Of one network and kind of answer. within_s, granted_s: seconds after their last message (0:
    no end). called: kinds of messages that call us; none: nobody has to."""

    within_s: int = 0
    granted_s: int = 0
    called: Collection[str] = ()


@dataclass(frozen=True)
class Standing:
    """until: when the door as it stands changes; None where it does not. since: when it shut."""

    door: Door
    until: datetime | None = None
    since: datetime | None = None


def standing(rules: Rules, *, what: str, named: bool, last_at: datetime, now: datetime) -> Standing:
    """what: the kind of the message; named: whether its words name our account; last_at: of the last
    thing that its writer said."""
    if rules.called and what not in rules.called and not named:
        return Standing(Door.UNCALLED)
    if not rules.within_s:
        return Standing(Door.OPEN)
    first = last_at + timedelta(seconds=rules.within_s)
    if now < first:
        return Standing(Door.CLOSES, until=first)
    last = last_at + timedelta(seconds=max(rules.within_s, rules.granted_s))
    if now < last:
        return Standing(Door.GRANTED, until=last)
    return Standing(Door.SHUT, since=last)


def names(text: str, handle: str) -> bool:
    """Whether the words name an account by its handle, in whatever case."""
    bare = handle.lstrip("@").casefold()
    if not bare:
        return False
    folded = text.casefold()
    at = folded.find(f"@{bare}")
    while at >= 0:
        end = at + len(bare) + 1
        if not (folded[end : end + 1].isalnum() or folded[end : end + 1] == "_"):
            return True
        at = folded.find(f"@{bare}", end)
    return False
