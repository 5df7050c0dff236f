"""Messages as their reader is shown them, and what each reader is spared."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from ninja import Schema

from breakwater.api.schemas.base import Wish
from breakwater.domain.scoring.scores import Head
from breakwater.domain.triage import Category

What = Literal["text", "name", "media"]
Kind = Literal["abusive", "insult", "threat", "identity_hate", "sexual"]


class LevelName(StrEnum):
    """What is veiled: only what nobody needs to read; what is abusive; swearing and what may be
    abusive as well; all that strangers wrote."""

    HELD = "held"
    ABUSE = "abuse"
    CAREFUL = "careful"
    EVERYTHING = "everything"


class AuthorOut(Schema):
    """name, handle: "" where they are veiled."""

    contact_id: UUID
    name: str
    handle: str
    veiled: bool


class PieceOut(Schema):
    """A part of a masked text; text "" and a kind where an insult was."""

    text: str
    kind: Head | None


class MessageOut(Schema):
    """text: null where it is veiled for the token's person; summary stands in its place. masked: the
    text without its insults, where that was asked for; [] where nothing of it is left. media: how
    many pictures and films it has; media_veiled: how many of them are veiled."""

    id: int
    thread_id: UUID
    at: datetime
    own: bool
    category: Category
    author: AuthorOut | None
    text: str | None
    summary: str
    masked: list[PieceOut] | None
    reasons: list[Head]
    unscored: bool
    corrected: bool
    danger: bool
    gone: bool
    media: int
    media_veiled: int


class RevealWish(Wish):
    what: What = "text"


class CorrectionOf(Wish):
    """kind: of abuse that the message is; null: it is none."""

    kind: Kind | None


class CorrectedOut(Schema):
    """changed: messages that were changed, with those that say the same."""

    message: MessageOut
    changed: int


class ShieldSaid(Schema):
    level: LevelName
    unscored: bool
    media: bool


class ShieldOut(Schema):
    """default: of the workspace; loosest: the mildest level that somebody may choose there. mine: what
    the token's person is spared there."""

    default: ShieldSaid
    loosest: LevelName
    mine: ShieldSaid


class DefaultWish(Wish):
    level: LevelName
    loosest: LevelName
    unscored: bool
    media: bool


class OwnWish(Wish):
    """null: as each workspace says."""

    level: LevelName | None
    unscored: bool | None
    media: bool | None
