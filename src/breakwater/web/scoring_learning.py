"""What the scorer learnt from a workspace's corrections: how well it would do, using it, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.domain.errors import Invalid
from breakwater.domain.scoring.adapters import FURTHEST
from breakwater.domain.scoring.learning import EACH_WAY, ENOUGH, Learning, Why
from breakwater.domain.scoring.scores import Head
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring import services
from breakwater.scoring.learning import Offer, offers
from breakwater.scoring.model import graded
from breakwater.scoring.models import Learnt, Move
from breakwater.web.page import POST, go, page
from breakwater.web.scoring_words import HEADS


@dataclass(frozen=True)
class Row:
    """One kind of abuse. used: what is used, or no longer counts, in words; would: what it would learn by now, or
    why it would not; empty where there is nothing new to say."""

    name: str | Promise
    of: Offer
    used: str
    would: str


def learning_rows(access: Access, moves: Mapping[Head, Move]) -> dict[str, Any]:
    """What the part of the page needs. Two queries. moves: that stand, by head."""
    found = offers(access.workspace.pk, graded(), standing_moved=moves)
    return {
        "learning": [Row(HEADS[one.head], one, _used(one), _would(one)) for one in found],
        "learns_from": ENOUGH,
        "each_way": EACH_WAY,
        "furthest": round(FURTHEST * 100),
    }


@page(right=Right.INVITE, methods=POST)
def use(request: HttpRequest, access: Access) -> HttpResponse:
    services.use_learnt(
        access, head_of(request), state=request.POST.get("state", ""), now=clock.now()
    )
    messages.success(request, _now("It is used from the next text on."))
    return go(request, "scoring-thresholds", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def back(request: HttpRequest, access: Access) -> HttpResponse:
    services.take_back_learnt(access, head_of(request), now=clock.now())
    messages.success(request, _now("Taken back. It is not used any more."))
    return go(request, "scoring-thresholds", access.workspace.slug)


def _used(offer: Offer) -> str:
    row = offer.standing
    if row is None:
        return ""
    if not offer.applies:
        return _now(
            "What it had learnt was for the model %(model)s and does not count any more: the model is "
            "another one by now."
        ) % {"model": row.model}
    return _in_use(row)


def _in_use(row: Learnt) -> str:
    said = ngettext(
        "In use, learnt from %(n)s correction. Of the newest %(of)s by then it had %(right)s right, where "
        "%(before)s were right without it.",
        "In use, learnt from %(n)s corrections. Of the newest %(of)s by then it had %(right)s right, where "
        "%(before)s were right without it.",
        row.lessons,
    )
    return said % {"n": row.lessons, "of": row.of, "right": row.right, "before": row.before}


def _would(offer: Offer) -> str:
    found = offer.learning
    if offer.proposed and found.judged is not None:
        judged = found.judged
        return _now(
            "From %(n)s corrections it learnt something: of the newest %(of)s, from which it did not learn, it "
            "would get %(right)s right. Now %(now)s of %(of)s are."
        ) % {
            "n": found.lessons, "of": judged.of, "right": judged.learnt.right,
            "now": judged.now.right,
        }  # fmt: skip
    return _why_not(found) if found.why is not None else ""


def _why_not(found: Learning) -> str:
    if found.why is Why.FEW or found.judged is None:
        said = _now(
            "Wrongly veiled: %(strict)s. Wrongly shown: %(mild)s. It needs more to learn from."
        )
        return said % {"strict": found.strict, "mild": found.mild}
    judged = found.judged
    if found.why is Why.UNSETTLES:
        return _now(
            "Not used: it would show or veil %(changed)s of %(all)s ordinary texts otherwise than now."
        ) % {"changed": judged.changed, "all": judged.ordinary}
    return _now(
        "Not used: of the newest %(of)s corrections it would get %(right)s right. Now %(now)s are, and with a "
        "moved threshold %(moved)s."
    ) % {
        "of": judged.of, "right": judged.learnt.right, "now": judged.now.right,
        "moved": judged.moved.right,
    }  # fmt: skip


def head_of(request: HttpRequest) -> Head:
    """What a form is about. Raises: Invalid."""
    try:
        return Head(request.POST.get("head", ""))
    except ValueError as error:
        raise Invalid(field="head") from error


urlpatterns = [
    path("use/", use, name="scoring-learning-use"),
    path("back/", back, name="scoring-learning-back"),
]
