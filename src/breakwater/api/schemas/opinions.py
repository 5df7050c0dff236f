"""Whom a workspace asks for a second opinion."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Short, Wish
from breakwater.domain.scoring.opinions import HIGHEST, LOWEST


class PluginFieldOut(Schema):
    """secret: it is sealed and never shown again."""

    name: str
    label: str
    secret: bool
    needed: bool


class PluginOut(Schema):
    """needs_network: texts leave this machine. languages: none for all. most: texts a call."""

    id: str
    name: str
    version: str
    needs_network: bool
    languages: list[str]
    most: int
    fields: list[PluginFieldOut]


class OpinionOut(Schema):
    """on: whether anybody is asked; the rest is null where nothing is set up. values: of the fields
    that are not secret. calls_today, texts_today: of this day (UTC). micros_per_1k: millionths of
    a dollar that 1,000 texts cost, as was said. waiting: texts. trouble, message: why it rests."""

    on: bool
    scorer: str | None = None
    values: dict[str, str] = {}
    low: float | None = None
    high: float | None = None
    daily_calls: int | None = None
    most: int | None = None
    micros_per_1k: int | None = None
    calls_today: int = 0
    texts_today: int = 0
    micros_today: int = 0
    waiting: int = 0
    trouble: str = ""
    message: str = ""
    asked_again_at: datetime | None = None
    plugins: list[PluginOut]


class OpinionWish(Wish):
    """scorer: id of a plug-in. values: of its fields; a secret that is left out stays."""

    scorer: str = Field(min_length=1, max_length=64)
    values: dict[Short, str] = Field(default={}, max_length=20)
    low: float = Field(default=LOWEST, ge=LOWEST, le=HIGHEST)
    high: float = Field(default=HIGHEST, ge=LOWEST, le=HIGHEST)
    daily_calls: int = Field(default=500, ge=1, le=1_000_000)
    micros_per_1k: int = Field(default=0, ge=0, le=10**9)
    most: int = Field(default=16, ge=1, le=64)
