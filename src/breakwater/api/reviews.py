"""What waits for a person, decisions, and the month."""

from uuid import UUID

from ninja import Router

from breakwater.api import shown
from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.publishing import (
    DayOut,
    DecideWish,
    MonthOut,
    PostOut,
    WaitingOut,
)
from breakwater.people.roles import Right
from breakwater.publishing import services
from breakwater.publishing.calendar import month as month_of
from breakwater.publishing.selectors import version_of, waiting_for

router = Router(tags=["reviews"])
calendar = Router(tags=["calendar"])


@route(router, "GET", "/w/{slug}/waiting", right=Right.SEE, answer=WaitingOut)
def waiting(call: Call) -> WaitingOut:
    """What waits for the token's person here: to decide on, to change, to answer."""
    found = waiting_for(call.by, call.workspace_id)
    return WaitingOut(
        to_approve=[shown.review(one) for one in found.to_approve],
        changes_asked=[shown.review(one) for one in found.changes_asked],
        questions=shown.deliveries_out(found.questions),
    )


@route(
    router,
    "POST",
    "/w/{slug}/versions/{version_id}/decision",
    right=Right.APPROVE,
    answer=PostOut,
)
def decide(call: Call, version_id: UUID, wish: DecideWish) -> PostOut:
    """Yes or no to exactly this version, in the name of the token's person. Never to one's own."""
    post = services.decide(
        version_of(call.workspace_id, version_id),
        by=call.by,
        approved=wish.approved,
        digest=wish.digest,
        comment=wish.comment,
        now=call.now,
    )
    return shown.post(post)


@route(calendar, "GET", "/w/{slug}/calendar/{year}/{month}", right=Right.SEE, answer=MonthOut)
def month_view(call: Call, year: int, month: int) -> MonthOut:
    """Every day of the month in the workspace's zone, with its planned posts."""
    zone = call.access.workspace.zone
    days = month_of(call.workspace_id, year, month, zone)
    return MonthOut(
        zone=zone,
        days=[DayOut(date=day.date, items=[shown.card(one) for one in day.cards]) for day in days],
    )
