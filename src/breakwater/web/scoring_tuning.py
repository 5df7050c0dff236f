"""What corrections say about the thresholds; moving them, moving them back; what is exported."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.errors import Invalid
from breakwater.domain.scoring.adapting import ENOUGH
from breakwater.domain.scoring.banding import MOST_MOVED
from breakwater.domain.scoring.scores import Head
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring import selectors, services
from breakwater.scoring.models import Correction
from breakwater.scoring.selectors import Proposal
from breakwater.web.page import POST, go, page, show
from breakwater.web.scoring_learning import head_of, learning_rows
from breakwater.web.scoring_words import HEADS, area

PAGE = "scoring/thresholds.html"
_LATEST = 20


@dataclass(frozen=True)
class Shown:
    """One kind of abuse. standing, proposed: how far its limits are moved, in words; proposed is
    empty where nothing else is proposed. back: whether its last move can be taken back."""

    name: str | Promise
    of: Proposal
    standing: str
    proposed: str
    back: bool


@dataclass(frozen=True)
class Made:
    """A correction as it is listed. kept: whether its text is; own: whether its reader may have it
    forgotten."""

    row: Correction
    said: str
    kept: bool
    own: bool


@page(right=Right.SEE)
def thresholds(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access))


@page(right=Right.INVITE, methods=POST)
def move(request: HttpRequest, access: Access) -> HttpResponse:
    services.move(access, head_of(request), to=_step(request), now=clock.now())
    messages.success(request, _now("Moved. It counts from the next text on."))
    return go(request, "scoring-thresholds", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def back(request: HttpRequest, access: Access) -> HttpResponse:
    services.move_back(access, head_of(request), now=clock.now())
    messages.success(request, _now("Taken back. It counts from the next text on."))
    return go(request, "scoring-thresholds", access.workspace.slug)


@page(right=Right.ANSWER, methods=POST)
def forget(request: HttpRequest, access: Access, correction_id: UUID) -> HttpResponse:
    services.take_back_consent(access, correction_id)
    messages.success(request, _now("The text is gone. The correction stays without it."))
    return go(request, "scoring-thresholds", access.workspace.slug)


@page(right=Right.INVITE)
def export(_request: HttpRequest, access: Access) -> HttpResponse:
    """JSON lines, to be given to those who improve the model."""
    lines = "".join(f"{line}\n" for line in selectors.exported(access.workspace.pk))
    name = f"corrections-{access.workspace.slug}.jsonl"
    return HttpResponse(
        lines,
        content_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _context(access: Access) -> dict[str, Any]:
    standing = selectors.standing_moves(access.workspace.pk)
    found = selectors.proposals(access.workspace.pk, standing_moved=standing)
    shown = [_shown(one, back=one.head in standing) for one in found]
    made = (
        selectors.corrections_of(access.workspace.pk)[:_LATEST] if access.may(Right.ANSWER) else []
    )
    return {
        "rows": shown,
        **learning_rows(access, standing),
        "made": [_made(row, access) for row in made],
        "enough": ENOUGH,
        "most": round(MOST_MOVED * 100),
        "may_move": access.may(Right.INVITE),
        "area": area(access),
    }


def _shown(one: Proposal, *, back: bool) -> Shown:
    wanted = _words(one.to) if one.to != one.now else ""
    return Shown(HEADS[one.head], one, _words(one.now), wanted, back)


def _made(row: Correction, access: Access) -> Made:
    word = HEADS[Head(row.head)]
    said = _("%(kind)s: should be veiled") if row.should else _("%(kind)s: should be shown")
    own = row.by_id == access.person.pk or access.may(Right.INVITE)
    return Made(row, str(said) % {"kind": word}, hasattr(row, "kept"), own)


def _words(moved: float) -> str:
    points = round(abs(moved) * 100)
    if not points:
        return _now("where the model puts it")
    words = (
        _now("%(points)s points higher: less is veiled")
        if moved > 0
        else _now("%(points)s points lower: more is veiled")
    )
    return words % {"points": points}


def _step(request: HttpRequest) -> float:
    try:
        return float(request.POST.get("to", ""))
    except ValueError as error:
        raise Invalid(field="to") from error


urlpatterns = [
    path("", thresholds, name="scoring-thresholds"),
    path("move/", move, name="scoring-move"),
    path("back/", back, name="scoring-back"),
    path("export/", export, name="scoring-export"),
    path("<uuid:correction_id>/forget/", forget, name="scoring-forget"),
]
