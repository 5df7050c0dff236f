"""Deliveries: how they stand, each attempt, and what a person answers."""

from enum import StrEnum
from uuid import UUID

from ninja import Query, Router

from breakwater.api import shown
from breakwater.api.auth import Call
from breakwater.api.posts import need_decision
from breakwater.api.route import route
from breakwater.api.schemas.base import Limit
from breakwater.api.schemas.delivery import (
    AttemptOut,
    DeliveriesOut,
    DeliveryOut,
    DeliveryWithAttemptsOut,
    SeenOut,
    SettleWish,
)
from breakwater.delivery import selectors
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import PUBLISH
from breakwater.people.roles import Right
from breakwater.publishing import services
from breakwater.publishing.selectors import can_take_down, version_of
from breakwater.publishing.settling import settling_takes

router = Router(tags=["deliveries"])
_ONE = "/w/{slug}/deliveries/{delivery_id}"
State = StrEnum("State", {name: name for name in sorted(DELIVERY.states)})  # type: ignore[misc]
_ANY: list[State] = []


@route(router, "GET", "/w/{slug}/deliveries", right=Right.SEE, answer=DeliveriesOut)
def deliveries(call: Call, *, state: Query[list[State]] = _ANY, limit: Limit = 50) -> DeliveriesOut:
    """The latest deliveries, of all states or of those asked for."""
    rows = selectors.listing(call.workspace_id, states=[one.value for one in state], limit=limit)
    return DeliveriesOut(items=shown.deliveries_out(rows))


@route(router, "GET", _ONE, right=Right.SEE, answer=DeliveryWithAttemptsOut)
def delivery(call: Call, delivery_id: UUID) -> DeliveryWithAttemptsOut:
    """One delivery with its ledger: every attempt, what was sent and what came back."""
    row = _row(call, delivery_id)
    return DeliveryWithAttemptsOut(
        **shown.delivery_parts(row, place_of(row)),
        digest=row.digest,
        tries=row.tries,
        commit_calls=row.commit_calls,
        can_take_down=can_take_down(row),
        attempts=[
            AttemptOut(
                number=one.number,
                step=one.step,
                outcome=one.outcome,
                at=one.at,
                code=one.code,
                detail=one.detail,
                remote_id=one.remote_id,
            )
            for one in selectors.attempts(row.pk)
        ],
        seen=[
            SeenOut(**{name: str(one.get(name, "")) for name in ("remote_id", "url", "text", "at")})
            for one in row.seen
        ],
    )


@route(router, "POST", _ONE + "/answer", right=Right.SEE, answer=DeliveryOut)
def answer(call: Call, delivery_id: UUID, wish: SettleWish) -> DeliveryOut:
    """A person's answer to "is it out?", on record by name. The token needs `schedule` for a post, and
    `answer` for an answer or a deed (for a deletion `take_down`, too)."""
    row = to_settle(call, delivery_id)
    if wish.answer == "out":
        services.it_is_out(row, remote_id=wish.remote_id, url=wish.url, by=call.by, now=call.now)
    elif wish.answer == "not_out":
        services.it_is_not_out(row, by=call.by, now=call.now)
    else:
        services.leave_it(row, by=call.by, now=call.now)
    return shown.delivery(_row(call, delivery_id))


@route(router, "POST", _ONE + "/send-late", right=Right.SEE, answer=DeliveryOut)
def send_late(call: Call, delivery_id: UUID) -> DeliveryOut:
    """A missed, held or failed delivery leaves after all. For a post this is a decision by name:
    where approval is asked, the token needs `approve` too. Otherwise it needs what `answer` needs."""
    row = to_settle(call, delivery_id)
    if row.kind == PUBLISH:
        need_decision(call, version_of(call.workspace_id, row.source).policy)
    services.send_late(row, by=call.by, now=call.now)
    return shown.delivery(_row(call, delivery_id))


@route(router, "POST", _ONE + "/take-down", right=Right.TAKE_DOWN, answer=DeliveryOut)
def take_down(call: Call, delivery_id: UUID) -> DeliveryOut:
    """The delivery that deletes a published one on its network; asked twice, the same one."""
    made = services.take_down(_row(call, delivery_id), by=call.by, now=call.now)
    return shown.delivery(_row(call, made.pk))


def to_settle(call: Call, delivery_id: UUID) -> Delivery:
    """The delivery. Raises: Forbidden where the token may not say what becomes of it."""
    row = _row(call, delivery_id)
    for right in settling_takes(row):
        call.need(right)
    return row


def _row(call: Call, delivery_id: UUID) -> Delivery:
    return selectors.delivery_of(call.workspace_id, delivery_id)
