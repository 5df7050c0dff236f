"""All that is known of a network, and the installation's keys there. No secret is among the fields."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.api.schemas.channels import FieldOut, NetworkOut


class FormOut(Schema):
    """One shape of a post. takes: kind of medium -> least and most of it. most: of all together
    (0: the sum). asked: only when a person chooses it."""

    name: str
    label: str
    takes: dict[str, list[int]]
    most: int
    asked: bool
    text: int | None
    text_needed: bool
    text_shown: bool


class OptionOut(Schema):
    """ask: choice, text, flag or moment. of_account: the account has its own values."""

    name: str
    label: str
    help: str
    ask: str
    choices: list[str]
    of_account: bool
    forms: list[str]
    needed: bool
    longest: int


class BudgetOut(Schema):
    """So many units of calls in a window, of each account or of all together."""

    name: str
    units: int
    window_s: int
    whole_app: bool
    source: str
    read_on: str


class PriceOut(Schema):
    """In millionths of a US dollar."""

    call: str
    micros: int
    source: str
    read_on: str


class AppReviewOut(Schema):
    """What the network checks before others may use our app. weeks: least and most."""

    weeks: list[int]
    needs: list[str]
    until: str
    source: str
    read_on: str


class NetworkToldOut(NetworkOut):
    """scopes: purpose -> what the network is asked for. polls: source -> seconds between looks."""

    scopes: dict[str, list[str]]
    forms: list[FormOut]
    options: list[OptionOut]
    polls: dict[str, int]
    budgets: list[BudgetOut]
    prices: list[PriceOut]
    review: AppReviewOut | None


class KeysOut(Schema):
    """How far it is with the installation's keys at a network. kept: there are some; they are never
    shown. hook_address: "" where the network tells us nothing by itself. checked_at: when the network last answered; trouble: why it does not know them."""

    network: str
    console: str
    steps: list[str]
    fields: list[FieldOut]
    redirect_address: str
    hook_address: str
    kept: bool
    changed_at: datetime | None
    changed_by: str
    checked_at: datetime | None
    trouble: str
    message: str
    review: str


class KeysWish(Wish):
    """All of the network's `fields`, or nothing is changed."""

    fields: dict[str, Annotated[str, Field(max_length=1000)]] = Field(max_length=20)


class ReviewWish(Wish):
    """How far the network's own review is."""

    review: Literal["", "asked", "granted", "refused"]
