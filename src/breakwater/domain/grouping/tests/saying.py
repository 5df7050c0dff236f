"""Messages and scores for tests, with what does not matter filled in."""

from datetime import UTC, datetime, timedelta

from breakwater.domain.grouping.messages import Message
from breakwater.domain.scoring.scores import Band, Head, Score

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def score(*heads: Head, language: str = "en", band: Band = Band.CLEAR) -> Score:
    return Score("test-1", language, dict.fromkeys(heads, 0.9), band)


def said(
    id: str, text: str, *, by: str = "", minute: float = 0, score: Score | None = None,
    danger: bool = False, since: datetime | None = None,
) -> Message:  # fmt: skip
    at = NINE + timedelta(minutes=minute)
    return Message(id, text, by or f"author of {id}", at, score, since, danger)
