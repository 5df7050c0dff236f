"""What arrives from networks, and answers and deeds of people; each becomes a delivery."""

from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from breakwater.api import shown
from breakwater.api.auth import Call
from breakwater.api.deliveries import to_settle
from breakwater.api.posts import need_decision
from breakwater.api.route import request_id, route
from breakwater.api.schemas.base import Limit
from breakwater.api.schemas.delivery import DeliveryOut
from breakwater.api.schemas.talking import (
    ArrivalOut,
    ArrivalsOut,
    ChangeWish,
    DeedWish,
    ReplyWish,
)
from breakwater.channels.models import Arrival, Channel
from breakwater.channels.selectors import channel_of
from breakwater.channels.services.arrivals import arrivals_after
from breakwater.delivery import selectors
from breakwater.delivery.services import PUBLISH, talking
from breakwater.domain.errors import Forbidden
from breakwater.inbox.services import direct
from breakwater.people.roles import Right
from breakwater.publishing.selectors import version_of
from breakwater.publishing.services import reword, send_late

router = Router(tags=["talking"])
_CHANNEL = "/w/{slug}/channels/{channel_id}"
MADE_BY = (talking.API,)
"""Tags of what a program says: a pause holds it, unlike what a named person does on a page."""
After = Annotated[int, Field(ge=0, lt=2**63)]


@route(router, "GET", "/w/{slug}/arrivals", right=Right.ANSWER, answer=ArrivalsOut)
def arrivals(
    call: Call, *, after: After = 0, channel_id: UUID | None = None, limit: Limit = 50
) -> ArrivalsOut:
    """What came from the networks after the one with this id, oldest first, as they sent it: nothing is
    veiled, so it is for programs. People read conversations of the inbox."""
    rows = arrivals_after(call.workspace_id, after, channel_id=channel_id, limit=limit)
    return ArrivalsOut(items=[_arrival(row) for row in rows], next=rows[-1].pk if rows else after)


@route(router, "POST", _CHANNEL + "/answers", right=Right.ANSWER, answer=DeliveryOut, status=201)
def answer(call: Call, channel_id: UUID, wish: ReplyWish) -> DeliveryOut:
    """The answer leaves now, as a delivery of kind reply. Refused where this account may not, and where
    answers need somebody else's yes: there a conversation of the inbox takes proposals."""
    said = talking.Said(
        wish.text,
        wish.arrival_id,
        wish.to_post,
        wish.root,
        wish.to,
        wish.language,
        wish.options,
        MADE_BY,
    )
    made = direct.answer(
        call.access, _channel(call, channel_id), said, request=request_id(call), now=call.now
    )
    return _delivery(call, made.pk)


@route(router, "POST", _CHANNEL + "/deeds", right=Right.ANSWER, answer=DeliveryOut, status=201)
def deed(call: Call, channel_id: UUID, wish: DeedWish) -> DeliveryOut:
    """The deed is done now, as a delivery of kind act. Refused where this account may not; to remove, the
    token needs `take_down` too. A threat is kept as evidence before it is hidden, removed or reported."""
    channel = _channel(call, channel_id)
    done = talking.Done(wish.deed, wish.arrival_id, wish.target, wish.about, wish.detail, MADE_BY)
    made = direct.deed(call.access, channel, done, request=request_id(call), now=call.now)
    return _delivery(call, made.pk)


@route(
    router, "POST", "/w/{slug}/deliveries/{delivery_id}/change", right=Right.ANSWER,
    answer=DeliveryOut, status=201,
)  # fmt: skip
def change(call: Call, delivery_id: UUID, wish: ChangeWish) -> DeliveryOut:
    """What is out says something else from now on, as a delivery of kind edit. The words of a post
    were approved: there the token needs `schedule` too, and `approve` where approval is asked."""
    row = selectors.delivery_of(call.workspace_id, delivery_id)
    if row.kind == PUBLISH:
        call.need(Right.SCHEDULE)
        need_decision(call, version_of(call.workspace_id, row.source).policy)
        made = reword(
            row, wish.text, tags=MADE_BY, request=request_id(call), by=call.by, now=call.now
        )
    else:
        made = direct.change(
            call.access, row, wish.text, tags=MADE_BY, request=request_id(call), now=call.now
        )
    return _delivery(call, made.pk)


@route(
    router, "POST", "/w/{slug}/deliveries/{delivery_id}/send-again", right=Right.ANSWER,
    answer=DeliveryOut,
)  # fmt: skip
def send_again(call: Call, delivery_id: UUID) -> DeliveryOut:
    """A missed, held or failed answer or deed, or change of an answer, leaves after all. A post has
    `send-late`."""
    row = to_settle(call, delivery_id)
    if not selectors.of_talking(row):
        raise Forbidden(right=Right.SCHEDULE.value)
    send_late(row, by=call.by, now=call.now)
    return _delivery(call, row.pk)


def _channel(call: Call, channel_id: UUID) -> Channel:
    return channel_of(call.workspace_id, channel_id)


def _delivery(call: Call, delivery_id: UUID) -> DeliveryOut:
    return shown.delivery(selectors.delivery_of(call.workspace_id, delivery_id))


def _arrival(row: Arrival) -> ArrivalOut:
    return ArrivalOut(
        id=row.pk,
        channel_id=row.channel_id,
        network=row.channel.network,
        what=row.what,
        remote_id=row.remote_id,
        at=row.at,
        arrived_at=row.arrived_at,
        changed_at=row.changed_at,
        gone_at=row.gone_at,
        author=row.author,
        text=row.text,
        url=row.url,
        about=row.about,
        parent=row.parent,
        thread=row.thread,
        media=row.media,
        own=row.own,
        ad=row.ad,
        rating=row.rating,
    )
