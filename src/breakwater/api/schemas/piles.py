"""What many people say at once, and what is decided about all of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish

_Why = Annotated[str, Field(max_length=500)]


class PileOut(Schema):
    """label: neutral name by language. people, messages: of the last two days, and of what waits.
    waiting: category -> conversations that wait. heads, bands, languages: -> messages. signs:
    figures that hint at an arrangement, never a proof."""

    id: UUID
    label: Mapping[str, str]
    people: int
    messages: int
    waiting: Mapping[str, int]
    heads: Mapping[str, int]
    bands: Mapping[str, int]
    languages: Mapping[str, int]
    signs: Sequence["SignOut"]
    first_at: datetime | None
    last_at: datetime | None


class SignOut(Schema):
    """count of `of`: copies (messages), burst (messages), new_accounts (accounts), few_authors
    (people, of messages)."""

    hint: str
    count: int
    of: int


class PilesOut(Schema):
    """people: of all of them, each counted once."""

    people: int
    threats: int
    items: Sequence[PileOut]


class ExampleOut(Schema):
    """text: null where the token's person wants to be spared it; reasons say why."""

    item_id: int
    category: str
    text: str | None
    reasons: Sequence[str]


class ExceptionOut(Schema):
    """A conversation to look at by itself. may_go_along: whether a deed may be told to reach it."""

    thread_id: UUID
    category: str
    last_at: datetime
    may_go_along: bool


class PileDeedOut(Schema):
    """by: a person's id; none where they are gone. state: proposed (an answer that waits for a yes),
    going, done, stopped, refused or withdrawn. done: conversations; left: code -> conversations left
    out. decided_by: who said yes or no, where it needed somebody else's. text: of an answer."""

    id: UUID
    pile_id: UUID
    deed: str
    text: str
    state: str
    done: int
    left: Mapping[str, int]
    why: str
    by: UUID | None
    decided_by: UUID | None
    created_at: datetime


class PileProposalOut(PileDeedOut):
    """label: neutral name of the pile by language. talks: conversations that it would answer now; newer:
    those with something new since it was written, which it leaves."""

    label: Mapping[str, str]
    talks: int
    newer: int


class ToReadOut(Schema):
    """Messages of others that the token's person is shown, has veiled, and that nobody needs to read."""

    shown: int
    veiled: int
    aside: int


class PileWholeOut(PileOut):
    """In ten minutes, in an hour: messages that came. to_read: by the shield of the token's person, where
    `bands` are what the scorer said. exceptions: at most 50."""

    to_read: ToReadOut
    in_ten_minutes: int
    in_an_hour: int
    examples: Sequence[ExampleOut]
    exceptions: Sequence[ExceptionOut]
    deeds: Sequence[PileDeedOut]


class PileDeedWish(Wish):
    """deed: answer (text), hide (why: the written reason), label (label_id) or dismiss. one_each:
    one answer for each person. also: conversations that are exceptions and go along. upto: the
    newest item that was known when it was decided; null: what is there now."""

    deed: Literal["answer", "hide", "label", "dismiss"]
    text: str = Field("", max_length=10_000)
    language: str = Field("", max_length=8)
    one_each: bool = False
    label_id: UUID | None = None
    why: _Why = ""
    also: list[UUID] = Field(default_factory=list, max_length=500)
    upto: int | None = Field(None, ge=0, lt=2**63)
