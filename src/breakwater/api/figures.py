"""How much is said of a workspace, without persons."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.figures import FigureHourOut, FiguresOut
from breakwater.channels.selectors import channel_of, channels
from breakwater.insights import selectors
from breakwater.people.roles import Right

router = Router(tags=["figures"])
Back = Annotated[int, Field(ge=1, le=28)]


@route(router, "GET", "/w/{slug}/figures", right=Right.SEE, answer=FiguresOut)
def figures(call: Call, channel: UUID | None = None, days: Back = 7) -> FiguresOut:
    """Messages of the last days by the hour, on one channel or on all of them together."""
    if channel is not None:
        own = [channel_of(call.workspace_id, channel).pk]
    else:
        own = [row.pk for row in channels(call.workspace_id)]
    rows = selectors.hours(own, call.now - timedelta(days=days), call.now)
    return FiguresOut(
        known_since=selectors.known_since(own),
        hours=[
            FigureHourOut(
                at=one.at, total=one.total, scored=one.scored, negative=one.negative,
                abusive=one.abusive,
            )
            for one in rows
        ],
    )  # fmt: skip
