"""How well accounts are locked, and who can get in: as on the page of the channel."""

from uuid import UUID
from zoneinfo import ZoneInfo

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.hygiene import HolderOut, HolderWish, PostureOut, PostureWish
from breakwater.channels.models import Channel
from breakwater.channels.selectors import channel_of
from breakwater.hygiene import selectors, services
from breakwater.hygiene.models import UNKNOWN
from breakwater.people.roles import Right

router = Router(tags=["channels"])
_ONE = "/w/{slug}/channels/{channel_id}/posture"


@route(router, "GET", _ONE, right=Right.SEE, answer=PostureOut)
def posture(call: Call, channel_id: UUID) -> PostureOut:
    """What was last declared of the account, and who can get in."""
    return _shown(call, channel_of(call.workspace_id, channel_id))


@route(router, "PUT", _ONE, right=Right.CONNECT, answer=PostureOut)
def declare(call: Call, channel_id: UUID, wish: PostureWish) -> PostureOut:
    """This is known of the account now. People are told at once where the second factor is off."""
    channel = channel_of(call.workspace_id, channel_id)
    services.declare(
        call.access, channel.pk, unique_password=wish.unique_password, in_manager=wish.in_manager,
        mfa=wish.mfa, now=call.now,
    )  # fmt: skip
    return _shown(call, channel)


@route(router, "POST", f"{_ONE}/holders", right=Right.CONNECT, answer=PostureOut, status=201)
def add_holder(call: Call, channel_id: UUID, wish: HolderWish) -> PostureOut:
    """This person or agency can get into the account."""
    channel = channel_of(call.workspace_id, channel_id)
    services.add_holder(
        call.access, channel.pk, name=wish.name, kind=wish.kind, ends_on=wish.ends_on,
        now=call.now,
    )  # fmt: skip
    return _shown(call, channel)


@route(router, "DELETE", _ONE + "/holders/{holder_id}", right=Right.CONNECT, status=204)
def end_holder(call: Call, channel_id: UUID, holder_id: UUID) -> None:
    """Their access was taken away at the network."""
    services.end_holder(call.access, channel_id, holder_id, now=call.now)


def _shown(call: Call, channel: Channel) -> PostureOut:
    said = selectors.posture_of(channel)
    today = call.now.astimezone(ZoneInfo(call.access.workspace.zone)).date()
    rows = list(selectors.holders_of(channel))
    late = {row.pk for row in selectors.overdue(rows, today)}
    return PostureOut(
        unique_password=said.unique_password if said else UNKNOWN,  # type: ignore[arg-type]
        in_manager=said.in_manager if said else UNKNOWN,  # type: ignore[arg-type]
        mfa=said.mfa if said else UNKNOWN,  # type: ignore[arg-type]
        said_by=str(said.said_by) if said and said.said_by else None,
        said_at=said.said_at if said else None,
        remind_at=said.remind_at if said else None,
        holders=[
            HolderOut(
                id=row.pk, name=row.name, kind=row.kind, ends_on=row.ends_on,  # type: ignore[arg-type]
                overdue=row.pk in late,
            )
            for row in rows
        ],
    )  # fmt: skip
