"""One key to say that the scorer is wrong about a message, for all that say the same."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.domain.errors import Invalid
from breakwater.domain.scoring.scores import ABUSE, Head
from breakwater.domain.shield import USUAL
from breakwater.domain.triage import Category
from breakwater.inbox.models import Item
from breakwater.inbox.services.correcting import Corrected
from breakwater.inbox.services.correcting import correct as say
from breakwater.inbox.services.correcting import undo as take_back
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.inbox_panels import Mark, Sight
from breakwater.web.inbox_words import KINDS
from breakwater.web.page import POST, go, page

_OFFERED = tuple((head.value, KINDS[head]) for head in ABUSE if head is not Head.ABUSIVE)


def marks(sight: Sight) -> Mapping[int, Mark]:
    """For those who answer people, below each message of theirs. No query."""
    if not sight.access.may(Right.ANSWER):
        return {}
    return {item.pk: _mark(item) for item in sight.items if not item.own}


def _mark(item: Item) -> Mark:
    veiled = item.category == Category.THREAT or (item.rank is not None and item.rank <= USUAL)
    values = {"corrected": item.corrected, "veiled": veiled, "kinds": _OFFERED}
    return Mark("inbox/wrong.html", values)


@page(right=Right.ANSWER, methods=POST)
def correct(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    """kind: of abuse; "" for none."""
    kind = request.POST.get("kind", "")
    if kind and kind not in ABUSE:
        raise Invalid(code="correction_head", field="head")
    done = say(access, item_id, should=Head(kind) if kind else None, now=clock.now())
    return _back(request, access, done, _now("What you said counts from now on."))


@page(right=Right.ANSWER, methods=POST)
def uncorrect(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    done = take_back(access, item_id, now=clock.now())
    return _back(request, access, done, _now("It is again what the scorer says."))


def _back(request: HttpRequest, access: Access, done: Corrected, said: str) -> HttpResponse:
    others = done.changed - 1
    if others > 0:
        also = ngettext(
            "%(n)s other message that says the same was changed with it.",
            "%(n)s other messages that say the same were changed with it.",
            others,
        )
        said = f"{said} {also % {'n': others}}"
    messages.success(request, said)
    there = resolve_url("inbox-thread", access.workspace.slug, done.item.thread_id)
    return go(request, f"{there}#message-{done.item.pk}")


urlpatterns = [
    path("items/<int:item_id>/correct/", correct, name="inbox-correct"),
    path("items/<int:item_id>/uncorrect/", uncorrect, name="inbox-uncorrect"),
]
