"""What is grouped, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from breakwater.domain.scoring.scores import Band, Head, Score


@dataclass(frozen=True, slots=True)
class Message:
    """at, author_since: aware. author: who wrote it, in whatever way the caller tells people
    apart. author_since: since when the account is there, where known. danger: the caller knows
    that a person is in danger, whatever the score says."""

    id: str
    text: str
    author: str
    at: datetime
    score: Score | None = None
    author_since: datetime | None = None
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a message: not its words. text: the digest of its words, None for a message
    that stands alone because a person is in danger, or because it says nothing. heads: those that its score affirms."""

    id: str
    author: str
    at: datetime
    text: int | None
    language: str
    band: Band | None
    heads: frozenset[Head]
    author_since: datetime | None


@dataclass(frozen=True, slots=True)
class Changes:
    """placed: message -> its group now, None when it stands alone; those alone whose group is
    another one than before. gone: messages that are kept no longer. opened, closed: groups."""

    placed: Mapping[str, str | None] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
