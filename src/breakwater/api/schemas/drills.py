"""Drills: what is practised, and the times that it gave."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish


class ScenarioOut(Schema):
    """minutes: of the scenario's clock. posts: how many nobody here sends."""

    slug: str
    name: str
    about: str
    minutes: int
    posts: int


class StepOut(Schema):
    """name: noticed, contained, decided or answered. fact: code of what shows it; "" while it has
    not happened. minutes: on the scenario's clock; seconds: real ones; theirs: minutes of the
    historical case, null where no source says them."""

    name: str
    at: datetime | None
    fact: str
    minutes: float | None
    seconds: float | None
    theirs: int | None


class DrillOut(Schema):
    """slug: of the workspace that it is played in. state: preparing, running or ended."""

    id: UUID
    slug: str
    scenario: str
    language: str
    speed: int
    state: str
    began_at: datetime | None
    ended_at: datetime | None
    posted: int
    met_closed_door: int
    said: int
    steps: list[StepOut]


class DrillsOut(Schema):
    """scenarios: what can be begun. items: the drills in which the token's person takes part."""

    scenarios: list[ScenarioOut]
    items: list[DrillOut]


class PartWish(Wish):
    """Who takes part, and as what."""

    person_id: UUID
    role: Annotated[str, Field(max_length=20)]


class DrillWish(Wish):
    """speed: how many seconds of the scenario pass in one real second."""

    scenario: Annotated[str, Field(max_length=40)]
    language: Annotated[str, Field(max_length=5)] = "en"
    speed: Annotated[int, Field(ge=1, le=60)] = 15
    people: Annotated[list[PartWish], Field(max_length=200)] = []
