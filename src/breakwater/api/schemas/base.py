"""The two kinds of bodies, and the problem that every error is."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from breakwater.core.clock import of_this_age


class Wish(Schema):
    """What a caller sends: a field that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


class ProblemOut(Schema):
    """Every error: RFC 9457's members, and ours. code: stable; message: for people, translated."""

    status: int
    title: str
    code: str
    message: str
    field: str | None
    data: dict[str, Any]


class FindingOut(Schema):
    """level: "stop" or "warn". data: the values that `message` names."""

    level: Literal["stop", "warn"]
    code: str
    channel_id: str | None
    message: str
    data: dict[str, Any]


def _of_this_age(moment: AwareDatetime) -> AwareDatetime:
    if not of_this_age(moment):
        raise ValueError("a year from 1990 to 2199")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_of_this_age)]
"""An instant with its offset, near enough to be converted."""

Short = Annotated[str, Field(max_length=200)]

Number = Annotated[int, Field(ge=1, le=2**53)]

ItemId = Annotated[int, Field(ge=1, lt=2**63)]
"""Of a message of the inbox."""

Limit = Annotated[int, Field(ge=1, le=200)]
"""How many rows a list shows at most."""
