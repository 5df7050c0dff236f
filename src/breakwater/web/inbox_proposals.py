"""Answers that wait for a yes, and answers of which somebody has to say what becomes of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.delivery.selectors import why_of
from breakwater.domain.errors import Invalid
from breakwater.domain.shield import Shield
from breakwater.inbox import answers, pile_selectors, reading
from breakwater.inbox.models import Answer, PileDeed, Proposal
from breakwater.inbox.pile_selectors import Reached
from breakwater.inbox.services import pile_proposals
from breakwater.inbox.services.proposals import approve, refuse, withdraw
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.settling import may_settle
from breakwater.web import delivery_words, inbox_pile_words
from breakwater.web.page import POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

PAGE = "inbox/proposals.html"


@page(right=Right.SEE)
def proposals(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access))


@page(right=Right.APPROVE, methods=POST)
def decide(request: HttpRequest, access: Access, proposal_id: UUID) -> HttpResponse:
    """answer=yes: it leaves now. no: with the reason, without which the page asks for one."""
    if request.POST.get("answer") == "yes":
        approve(access, proposal_id, now=clock.now())
        messages.success(request, _now("The answer is on its way."))
        return go(request, "inbox-proposals", access.workspace.slug)
    return _refused(request, access, proposal_id, refuse)


@page(right=Right.APPROVE, methods=POST)
def decide_on_many(request: HttpRequest, access: Access, deed_id: UUID) -> HttpResponse:
    """As `decide`, of an answer to all of a pile."""
    if request.POST.get("answer") == "yes":
        pile_proposals.approve(access, deed_id, now=clock.now())
        messages.success(request, _now("The answers are on their way, one by one."))
        return go(request, "inbox-proposals", access.workspace.slug)
    return _refused(request, access, deed_id, pile_proposals.refuse)


@page(right=Right.ANSWER, methods=POST)
def take_back(request: HttpRequest, access: Access, proposal_id: UUID) -> HttpResponse:
    row = withdraw(access, proposal_id, now=clock.now())
    messages.success(request, _now("You took your answer back. Nothing was sent."))
    return go(request, "inbox-thread", access.workspace.slug, row.thread_id)


@page(right=Right.ANSWER, methods=POST)
def take_many_back(request: HttpRequest, access: Access, deed_id: UUID) -> HttpResponse:
    row = pile_proposals.withdraw(access, deed_id, now=clock.now())
    messages.success(request, _now("You took your answer back. Nothing was sent."))
    return go(request, "inbox-pile", access.workspace.slug, row.pile_id)


@page(right=Right.SEE)
def troubled(request: HttpRequest, access: Access) -> HttpResponse:
    """What did not arrive, or may not have: in front of somebody again."""
    shield = shield_of(access.person, access.workspace.pk)
    rows = [_trouble(one, access, shield) for one in answers.troubled([access.workspace.pk])]
    return show(request, "inbox/troubled.html", {"rows": rows, "area": "inbox"})


def _refused(
    request: HttpRequest, access: Access, pk: UUID, refuse_it: Callable[..., object]
) -> HttpResponse:
    """It does not leave; without a reason the page asks for one."""
    try:
        refuse_it(access, pk, request.POST.get("why", ""), now=clock.now())
    except Invalid as problem:
        said = {"problem": say(problem), "problem_of": pk}
        return show(request, PAGE, {**_context(access), **said}, status=400)
    messages.success(request, _now("It does not leave. Whoever wrote it was told why."))
    return go(request, "inbox-proposals", access.workspace.slug)


def _context(access: Access) -> dict[str, Any]:
    """Answers to one and to many, the longest waiting first."""
    shield = shield_of(access.person, access.workspace.pk)
    here = [access.workspace.pk]
    rows = [_row(one, access, shield) for one in answers.proposals_waiting(here)]
    to_many = pile_selectors.proposed(here)
    reaches = pile_selectors.reaches_of(to_many)
    rows += [_row_of_many(one, reaches[one.pk], access) for one in to_many]
    return {"rows": sorted(rows, key=lambda row: row["asked"].created_at), "area": "inbox"}


def _row(one: Proposal, access: Access, shield: Shield) -> dict[str, Any]:
    return {"message": reading.message(one.item, shield), **_asked(one, access)}


def _row_of_many(one: PileDeed, reach: Reached, access: Access) -> dict[str, Any]:
    return {"many": inbox_pile_words.proposed(one, reach), **_asked(one, access)}


def _asked(one: Proposal | PileDeed, access: Access) -> dict[str, Any]:
    """asked: the answer, with its author, its words and since when it waits."""
    own = one.by_id == access.person.pk
    return {
        "asked": one,
        "may_decide": access.may(Right.APPROVE) and not own,
        "may_withdraw": access.may(Right.ANSWER) and own,
    }


def _trouble(one: Answer, access: Access, shield: Shield) -> dict[str, Any]:
    one.delivery.channel = one.thread.channel
    contact = one.thread.contact
    return {
        "answer": one,
        "kind": delivery_words.KINDS[one.delivery.kind],
        "deed": delivery_words.DEEDS.get(one.deed, ""),
        "author": reading.author(contact, shield) if contact else None,
        "why": why_of(one.delivery),
        "may_settle": may_settle(access, one.delivery),
    }


urlpatterns = [
    path("proposals/", proposals, name="inbox-proposals"),
    path("proposals/<uuid:proposal_id>/decide/", decide, name="inbox-decide"),
    path("proposals/<uuid:proposal_id>/withdraw/", take_back, name="inbox-withdraw"),
    path("pile-deeds/<uuid:deed_id>/decide/", decide_on_many, name="inbox-pile-answer-decide"),
    path("pile-deeds/<uuid:deed_id>/withdraw/", take_many_back, name="inbox-pile-withdraw"),
    path("answers/", troubled, name="inbox-troubled"),
]
