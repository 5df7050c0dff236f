"""What a scorer learnt from a workspace's corrections."""

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.domain.scoring.learning import Why
from breakwater.domain.scoring.scores import Head


class NewestOut(Schema):
    """Of the newest corrections, which were not learnt from: how many there are, and how many are right as it stands
    now, by the model alone, with the threshold that the others propose, and with what would be learnt."""

    of: int
    now: int
    alone: int
    moved: int
    learnt: int


class LearningOut(Schema):
    """too_strict, too_mild: corrections that something can be learnt from. why_not: why nothing is, or null. newest:
    null where there are too few. changed, ordinary: of so many ordinary texts, how many would be shown or veiled
    otherwise. seen: what this is computed from, sent back to use it. in_use: corrections that what is used was learnt from; 0 where
    nothing is. other_model: the model that what was learnt is for, where it does not count any more; else empty."""

    head: Head
    too_strict: int
    too_mild: int
    proposed: bool
    why_not: Why | None
    newest: NewestOut | None
    changed: int
    ordinary: int
    seen: str
    in_use: int
    other_model: str
    can_go_back: bool


class LearningsOut(Schema):
    items: list[LearningOut]


class UseWish(Wish):
    """seen: of what is proposed, as it was listed."""

    head: Head
    seen: str = Field(max_length=32)
