"""What was said, hour by hour."""

from datetime import datetime

from ninja import Schema


class FigureHourOut(Schema):
    """What others said in the hour from `at` on, of all the channels together. scored: of those that
    the scorer read; negative: displeased; abusive: veiled or put aside."""

    at: datetime
    total: int
    scored: int
    negative: int
    abusive: int


class FiguresOut(Schema):
    """Every hour, empty ones too, oldest first. known_since: before it nothing was counted."""

    known_since: datetime | None
    hours: list[FigureHourOut]
