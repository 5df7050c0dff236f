"""What the cascade says of a text: its band, and which stage decided it for what reason."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from breakwater.domain.scoring.scores import Band, Head, Score
from breakwater.domain.shield import Level, rank_of


class Stage(StrEnum):
    """What decided the band."""

    TERM = "term"
    """A word of the workspace that is never shown unasked."""
    MODEL = "model"
    OPINION = "opinion"
    """The second opinion moved what the model was unsure of to another band."""
    NOBODY = "nobody"
    """Nothing is said of it: `score.abstained` says why."""


class Opinion(StrEnum):
    """How far the second opinion is."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    GIVEN = "given"
    NONE = "none"
    """It was asked, and said nothing that counts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """score: the model's, after a second opinion. band: None only where nobody says anything.

    reasons: the kinds of abuse that it is veiled for, worst first. denied, allowed: the workspace's
    terms that are in the text. danger: somebody may be in danger; a person should read it.
    """

    score: Score
    band: Band | None
    stage: Stage
    reasons: tuple[Head, ...] = ()
    denied: tuple[UUID, ...] = ()
    allowed: tuple[UUID, ...] = ()
    danger: bool = False
    opinion: Opinion = Opinion.NOT_ASKED

    @property
    def rank(self) -> Level | None:
        """The mildest level at which it is veiled; None where nobody says anything."""
        return rank_of(self.band, self.reasons, self.score.chances)
