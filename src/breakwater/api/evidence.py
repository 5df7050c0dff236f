"""What is kept of posts before they are deleted. Words are in the package alone, never here."""

from typing import Literal, cast
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.evidence import (
    AbsenceOut,
    CaptureOut,
    CapturesOut,
    CaptureWish,
    CopyWish,
    LackOut,
    Outcome,
    SignWish,
    StampOut,
    State,
)
from breakwater.channels.selectors import channel_of
from breakwater.evidence import selectors
from breakwater.evidence.copying import Cut
from breakwater.evidence.models import Capture
from breakwater.evidence.services import ask_again, sign
from breakwater.evidence.services.copying import copy_for_others
from breakwater.evidence.services.exporting import export
from breakwater.incidents.services.keeping import keep
from breakwater.people.roles import Right

router = Router(tags=["evidence"])
_HERE = "/w/{slug}/evidence"
_ONE = f"{_HERE}/{{capture_id}}"
_ZIP = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}


@route(router, "GET", _HERE, right=Right.RESPOND, answer=CapturesOut)
def listed(call: Call) -> CapturesOut:
    """The newest fifty captures, and where the chain ends."""
    head = selectors.head_of(call.workspace_id)
    return CapturesOut(
        items=[_capture(one) for one in selectors.newest(call.workspace_id)],
        head=f"{head.number}:{head.seal}" if head.number else "",
    )


@route(router, "POST", _HERE, right=Right.RESPOND, answer=CaptureOut, status=201)
def asked(call: Call, wish: CaptureWish) -> CaptureOut:
    """A post is to be kept as it is shown: taken within seconds. Asked twice, it is the same. 422 for an
    id that the channel has never shown, sent or been sent, and for another address than the known."""
    channel = channel_of(call.workspace_id, wish.channel_id)
    made = keep(
        call.access, channel, wish.remote_id, wish.url, why=wish.why,
        address_only=wish.address_only, now=call.now,
    )  # fmt: skip
    return _capture(made)


@route(router, "GET", _ONE, right=Right.RESPOND, answer=CaptureOut)
def one(call: Call, capture_id: UUID) -> CaptureOut:
    """One capture: its state, digests, what is missing, and whether the post is gone."""
    return _capture(selectors.capture_of(call.workspace_id, capture_id))


@route(router, "GET", f"{_ONE}/package", right=Right.RESPOND, holds=_ZIP)
def package(call: Call, capture_id: UUID) -> HttpResponse:
    """The package with all that is needed to check it, as a ZIP. It is noted who took it."""
    row = selectors.capture_of(call.workspace_id, capture_id)
    data = export(call.access, row, via="api", now=call.now)
    return HttpResponse(data, content_type="application/zip")


@route(router, "POST", f"{_ONE}/copy", right=Right.RESPOND, holds=_ZIP)
def copied(call: Call, capture_id: UUID, wish: CopyWish) -> HttpResponse:
    """A copy for somebody outside, without what is of third parties, as a ZIP. It is noted who made it.
    Each call makes another."""
    row = selectors.capture_of(call.workspace_id, capture_id)
    cut = Cut(frozenset(wish.kinds), wish.pictures, tuple(wish.words))
    data = copy_for_others(call.access, row, cut, wish.why, via="api", now=call.now)
    return HttpResponse(data, content_type="application/zip")


@route(router, "POST", f"{_ONE}/again", right=Right.RESPOND, answer=CaptureOut)
def again(call: Call, capture_id: UUID) -> CaptureOut:
    """A partial or failed capture is taken once more. 409 for any other."""
    row = selectors.capture_of(call.workspace_id, capture_id)
    ask_again(call.access, row, now=call.now)
    return _fresh(call, capture_id)


@route(router, "POST", f"{_ONE}/sign", right=Right.RESPOND, answer=CaptureOut)
def signed(call: Call, capture_id: UUID, wish: SignWish) -> CaptureOut:
    """The token's person says that it may be deleted although its evidence is partial."""
    row = selectors.capture_of(call.workspace_id, capture_id)
    sign(call.access, row, wish.why, now=call.now)
    return _fresh(call, capture_id)


def _fresh(call: Call, capture_id: UUID) -> CaptureOut:
    return _capture(selectors.capture_of(call.workspace_id, capture_id))


def _capture(row: Capture) -> CaptureOut:
    return CaptureOut(
        id=row.pk, channel_id=row.channel_id, remote_id=row.remote_id, url=row.url,
        state=cast(State, row.state), address_only=row.address_only, incident_id=row.incident,
        asked_at=row.created_at, taken_at=row.taken_at, number=row.number,
        manifest_digest=row.manifest_digest, package_digest=row.package_digest,
        stamp=_stamp(row),
        missing=[
            LackOut(name=str(one["name"]), code=str(one["code"]), url=str(one.get("url", "")))
            for one in row.missing
        ],
        signed=bool(selectors.signatures(row)), kept_until=row.kept_until,
        shredded_at=row.shredded_at,
        absences=[
            AbsenceOut(
                round=one.round, outcome=cast(Outcome, one.outcome), status=one.status, due_at=one.due_at,
                looked_at=one.looked_at,
            )
            for one in selectors.absences_of(row)
        ],
    )  # fmt: skip


def _stamp(row: Capture) -> StampOut | None:
    one = selectors.stamp_of(row)
    if one is None:
        return None
    outcome = cast(Literal["", "stamped", "refused"], one.outcome)
    return StampOut(outcome=outcome, at=one.at, authority=one.authority, trouble=one.trouble)
