"""What people say is wrong about scores, and what that moves."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.base import Limit
from breakwater.api.schemas.scoring import (
    BackWish,
    CorrectionOut,
    CorrectionsOut,
    CorrectionWish,
    ThresholdOut,
    ThresholdsOut,
    ThresholdWish,
)
from breakwater.domain.scoring.scores import Head
from breakwater.people.roles import Right
from breakwater.scoring import selectors, services
from breakwater.scoring.models import Correction
from breakwater.scoring.selectors import Proposal

router = Router(tags=["scoring"])
_HERE = "/w/{slug}/scoring"
_DIGITS = 4
_LINES = {"application/x-ndjson": {"schema": {"type": "string"}}}


@route(
    router, "POST", f"{_HERE}/corrections", right=Right.ANSWER, answer=CorrectionsOut, status=201
)
def correct(call: Call, wish: CorrectionWish) -> CorrectionsOut:
    """What is said of this text is wrong. One correction for each kind of abuse that it is about;
    of the text a hash is kept, and itself only with consent."""
    made = services.correct(
        call.access,
        wish.text,
        should=wish.should,
        head=wish.head,
        consent=wish.consent,
        now=call.now,
    )
    return CorrectionsOut(items=[_correction(row, kept=wish.consent) for row in made])


@route(router, "GET", f"{_HERE}/corrections", right=Right.ANSWER, answer=CorrectionsOut)
def corrections(call: Call, *, limit: Limit = 50) -> CorrectionsOut:
    """What was said to be wrong, newest first, without the texts."""
    rows = selectors.corrections_of(call.workspace_id)[:limit]
    return CorrectionsOut(items=[_correction(row, kept=hasattr(row, "kept")) for row in rows])


@route(router, "GET", f"{_HERE}/corrections/export", right=Right.INVITE, holds=_LINES)
def export(call: Call) -> HttpResponse:
    """JSON lines: the corrections whose makers consented, with their texts, oldest first."""
    lines = "".join(f"{line}\n" for line in selectors.exported(call.workspace_id))
    return HttpResponse(
        lines, content_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
    )


@route(
    router, "DELETE", f"{_HERE}/corrections/{{correction_id}}/text", right=Right.ANSWER, status=204
)
def forget(call: Call, correction_id: UUID) -> None:
    """Consent is taken back: the text is gone. The correction stays, without it."""
    services.take_back_consent(call.access, correction_id)


@route(router, "GET", f"{_HERE}/thresholds", right=Right.SEE, answer=ThresholdsOut)
def thresholds(call: Call) -> ThresholdsOut:
    """How far each threshold is moved, and how far the corrections say it should be."""
    return ThresholdsOut(items=_thresholds(call))


@route(router, "POST", f"{_HERE}/thresholds/move", right=Right.INVITE, answer=ThresholdOut)
def move(call: Call, wish: ThresholdWish) -> ThresholdOut:
    """The threshold is moved as proposed. 409 when something else is proposed by now."""
    services.move(call.access, wish.head, to=wish.to, now=call.now)
    return _threshold(call, wish.head)


@route(router, "POST", f"{_HERE}/thresholds/back", right=Right.INVITE, answer=ThresholdOut)
def back(call: Call, wish: BackWish) -> ThresholdOut:
    """The threshold's last move is taken back. 404 when there is none."""
    services.move_back(call.access, wish.head, now=call.now)
    return _threshold(call, wish.head)


def _thresholds(call: Call) -> list[ThresholdOut]:
    standing = selectors.standing_moves(call.workspace_id)
    found = selectors.proposals(call.workspace_id, standing_moved=standing)
    return [_shown(one, can_go_back=one.head in standing) for one in found]


def _threshold(call: Call, head: Head) -> ThresholdOut:
    return next(one for one in _thresholds(call) if one.head == head)


def _shown(one: Proposal, *, can_go_back: bool) -> ThresholdOut:
    return ThresholdOut(
        head=one.head,
        moved=one.now,
        proposed=one.to,
        too_strict=one.too_strict,
        too_mild=one.too_mild,
        can_go_back=can_go_back,
    )


def _correction(row: Correction, *, kept: bool) -> CorrectionOut:
    return CorrectionOut(
        id=row.pk,
        head=Head(row.head),
        said=round(row.said, _DIGITS),
        veiled=row.veiled,
        should=row.should,
        language=row.language,
        model=row.model,
        kept=kept,
        by=str(row.by) if row.by else None,
        at=row.created_at,
    )
