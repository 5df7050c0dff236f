"""Deeds on the network about messages of the inbox, reports, and whom a channel follows."""

from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from breakwater.api import shown
from breakwater.api.auth import Call
from breakwater.api.route import request_id, route
from breakwater.api.schemas.base import ItemId
from breakwater.api.schemas.inbox_deeds import (
    CountedOut,
    DeedOut,
    DeedsOut,
    FollowedOut,
    FollowingOut,
    ItemDeedsOut,
    ItemDeedWish,
    MadeReportOut,
    ManyWish,
    OutcomeWish,
    PlanOut,
    PossibleOut,
    ReportsOut,
)
from breakwater.channels.selectors import channel_of
from breakwater.delivery.services.talking import API
from breakwater.inbox import deeds
from breakwater.inbox.following import followed
from breakwater.inbox.models import Answer, Reported
from breakwater.inbox.reports import closed_reports, open_reports
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services.acting import Wish, act
from breakwater.inbox.services.acting import undo as take_back
from breakwater.inbox.services.acting_on_many import Plan, act_on_many
from breakwater.inbox.services.acting_on_many import plan as planned
from breakwater.inbox.services.reporting import follow_up
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.wellbeing.selectors import shield_of

router = Router(tags=["inbox"])
_ITEM = "/w/{slug}/inbox/items/{item_id}/deeds"
Cursor = Annotated[str, Field(max_length=1000)]


@route(router, "GET", _ITEM, right=Right.SEE, answer=ItemDeedsOut)
def of_item(call: Call, item_id: ItemId) -> ItemDeedsOut:
    """What can be done on the network about a message, and what was."""
    item = item_of(call.workspace_id, item_id)
    every = deeds.possible(item, deeds.powers_of(item.thread.channel))
    return ItemDeedsOut(
        possible=[
            PossibleOut(
                deed=one.deed, possible=one.yes, why=one.why, note=one.note, for_good=one.for_good
            )
            for one in every
        ],
        done=[_deed(one) for one in deeds.done_to([item])[item.pk]],
    )


@route(router, "POST", _ITEM, right=Right.ANSWER, answer=DeedOut, status=201)
def do(call: Call, item_id: ItemId, wish: ItemDeedWish) -> DeedOut:
    """The deed is on its way. To remove, the token needs `take_down` too."""
    wanted = Wish(wish.deed, wish.reason, wish.text, (API,))
    made = act(call.access, item_id, wanted, request=request_id(call), now=call.now)
    return _again(call, made)


@route(router, "POST", "/w/{slug}/inbox/deeds/{answer_id}/undo", right=Right.ANSWER, answer=DeedOut)
def undo(call: Call, answer_id: UUID) -> DeedOut:
    """The opposite is on its way; a deed that had not left does not leave, and comes back itself."""
    made = take_back(call.access, answer_id, request=request_id(call), now=call.now)
    return _again(call, made)


@route(router, "POST", "/w/{slug}/inbox/several/plan", right=Right.ANSWER, answer=PlanOut)
def plan(call: Call, wish: ManyWish) -> PlanOut:
    """What `several` would do with this body, by network; nothing is done."""
    return _plan(planned(call.access, wish.items, wish.deed))


@route(router, "POST", "/w/{slug}/inbox/several", right=Right.ANSWER, answer=DeedsOut, status=201)
def several(call: Call, wish: ManyWish) -> DeedsOut:
    """The deed is on its way for each message that it can be done to, once."""
    made = act_on_many(
        call.access, wish.items, Wish(wish.deed, wish.reason, wish.text, (API,)), reason=wish.why,
        request=request_id(call), now=call.now,
    )  # fmt: skip
    return DeedsOut(made=[_deed(one) for one in made])


@route(router, "GET", "/w/{slug}/inbox/reports", right=Right.SEE, answer=ReportsOut)
def reports(call: Call, *, closed: bool = False) -> ReportsOut:
    """Reports that wait, the oldest first; or with `closed` the latest that were decided."""
    rows = closed_reports(call.workspace_id) if closed else open_reports(call.workspace_id)
    return ReportsOut(items=[_report(one) for one in rows])


@route(
    router, "POST", "/w/{slug}/inbox/reports/{report_id}", right=Right.ANSWER, answer=MadeReportOut
)
def outcome(call: Call, report_id: UUID, wish: OutcomeWish) -> MadeReportOut:
    """What became of a report, as people learnt it."""
    return _report(
        follow_up(
            call.access, report_id, wish.outcome, seen=wish.seen, note=wish.note, now=call.now
        )
    )


@route(
    router, "GET", "/w/{slug}/channels/{channel_id}/following", right=Right.SEE,
    answer=FollowingOut,
)  # fmt: skip
def following(call: Call, channel_id: UUID, *, cursor: Cursor = "") -> FollowingOut:
    """Whom the channel follows, as its network says now. To follow somebody no more:
    `POST …/channels/<id>/deeds` with their remote id as the target of `unfollow`."""
    channel = channel_of(call.workspace_id, channel_id)
    shield = shield_of(call.access.person, call.workspace_id)
    found = followed(call.access.workspace, channel, shield, cursor=cursor, now=call.now)
    return FollowingOut(
        items=[
            FollowedOut(
                remote_id=one.remote_id, name=one.author.name, handle=one.author.handle,
                veiled=one.author.veiled, abusive=one.abusive,
            )
            for one in found.people
        ],
        next=found.cursor,
    )  # fmt: skip


def _again(call: Call, made: Answer) -> DeedOut:
    return _deed(deeds.answer_of(call.workspace_id, made.pk))


def _deed(row: Answer) -> DeedOut:
    return DeedOut(
        id=row.pk, deed=Deed(row.deed), item_id=row.item_id or 0, by=row.by_id, at=row.created_at,
        undoes=row.undoes_id, delivery=shown.delivery(row.delivery),
    )  # fmt: skip


def _plan(found: Plan) -> PlanOut:
    return PlanOut(
        able=[CountedOut(network=one.network, messages=one.messages) for one in found.able],
        unable=[
            CountedOut(network=one.network, messages=one.messages, why=one.why)
            for one in found.unable
        ],
        needs_reason=found.reason,
    )


def _report(row: Reported) -> MadeReportOut:
    return MadeReportOut(
        id=row.pk, item_id=row.item_id, reason=row.reason,
        reference=row.answer.delivery.remote_id, outcome=row.outcome, outcome_at=row.outcome_at,
        note=row.note, deed=_deed(row.answer),
    )  # fmt: skip
