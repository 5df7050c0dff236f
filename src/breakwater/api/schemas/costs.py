"""What calls cost, and how many are left. Money: whole millionths of a US dollar."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish


class SpentOut(Schema):
    """One sort of call, or of what an answer brought. calls: how many; micros: all of them."""

    call: str
    calls: int
    micros: int


class BillOut(Schema):
    """This month at one network. cap_micros: null while there is none. reached: calls that cost
    more are refused. by_answers: what a read costs is known only after it."""

    network: str
    network_name: str
    micros: int
    cap_micros: int | None
    left_micros: int | None
    reached: bool
    by_answers: bool
    message: str
    calls: list[SpentOut]


class CostsOut(Schema):
    """month: its first day (UTC); anew: when counting begins from nothing."""

    month: date
    anew: datetime
    items: list[BillOut]


class CapWish(Wish):
    """micros: null takes the cap away; 0 lets nothing through that costs money."""

    micros: int | None = Field(ge=0, le=10**12)


class LeftOut(Schema):
    """A budget of calls. until: when all of it is there again; null while none of it is used.
    used_up: what needs it waits. whole_app: all accounts of this installation together."""

    name: str
    units: int
    used: int
    window_s: int
    whole_app: bool
    until: datetime | None
    used_up: bool
