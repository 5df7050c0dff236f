"""Deliveries: what is on its way, what needs somebody, what is done; one with all its proof."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.services import fetch_picture
from breakwater.core import blobs, clock
from breakwater.core.messages import sentence
from breakwater.core.reasons import why
from breakwater.delivery import selectors
from breakwater.delivery.lifecycle import ASKS, OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import ACT, DELETE, EDIT
from breakwater.domain.deeds import ON_PEOPLE
from breakwater.domain.errors import Invalid, NotFound, Problem
from breakwater.domain.kinds import MAKES
from breakwater.media.cleaning import THUMB_MIME, clean
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post
from breakwater.publishing.pricing import cost_of_deleting
from breakwater.publishing.selectors import (
    can_take_down,
    version_of,
    why_not_late,
)
from breakwater.publishing.services import (
    it_is_not_out,
    it_is_out,
    leave_it,
    send_late,
    take_down,
)
from breakwater.publishing.settling import may_settle, need_settling
from breakwater.web import delivery_words as words
from breakwater.web.approving import deciders, hands_of
from breakwater.web.asked import uuid
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.shown import weighed
from breakwater.web.watching import moves

LATEST = 50
PROVED = ("verified", "taken")
DONE = ("verified", "taken", "cancelled")
LEAVABLE = ("missed", "held", "failed", "needs_human")
_EXCERPT = 120


@dataclass(frozen=True)
class Filter:
    """A choice of the list: in which states, and in which order."""

    key: str
    word: str | Promise
    states: tuple[str, ...]
    order: selectors.Order = "-state_at"


FILTERS = (
    Filter("", _("All"), ()),
    Filter("needs-you", _("Needs an answer"), ASKS),
    Filter("on-the-way", _("On the way"), selectors.MOVING, "due_at"),
    Filter("done", _("Done"), DONE),
)


@dataclass(frozen=True)
class Row:
    """A delivery in the list. at: when it is due, or when it came to its present state.

    kind: of states.LOOKS.
    """

    delivery: Delivery
    title: str
    at: datetime
    kind: str


@page(right=Right.SEE)
def deliveries(request: HttpRequest, access: Access) -> HttpResponse:
    """The latest 50 of a sort."""
    wanted = request.GET.get("show", "")
    chosen = next((one for one in FILTERS if one.key == wanted), FILTERS[0])
    rows = selectors.listing(
        access.workspace.pk, states=chosen.states, order=chosen.order, limit=LATEST
    )
    context = {
        "rows": [
            Row(row, words.title_of(row, _EXCERPT), _at(row), words.KINDS[row.kind]) for row in rows
        ],
        "filters": FILTERS,
        "chosen": chosen,
        "full": len(rows) == LATEST,
        "area": "deliveries",
    }
    return show(request, "deliveries/list.html", context)


@page(right=Right.SEE)
def delivery(request: HttpRequest, access: Access, delivery_id: UUID) -> HttpResponse:
    """The page; for its own polling only the part that changes, or 204 when nothing did."""
    row = selectors.delivery_of(access.workspace.pk, delivery_id)
    context = _context(access, row, clock.now())
    polled = getattr(request, "htmx", False)
    if polled and request.GET.get("seen") == context["stamp"]:
        return HttpResponse(status=204)
    return show(request, "deliveries/delivery.html", context, part="live")


@page(right=Right.SEE, methods=POST)
def answer(request: HttpRequest, access: Access, delivery_id: UUID) -> HttpResponse:
    """What the person saw on the network decides. Whose it is: `settling.settling_takes`."""
    row = _to_settle(access, delivery_id)
    said, by, now = request.POST.get("answer", ""), access.person.pk, clock.now()
    if said == "out":
        it_is_out(row, remote_id=request.POST.get("remote_id", ""), by=by, now=now)
        messages.success(request, _now("Thank you. It counts as you said."))
    elif said == "not_out":
        it_is_not_out(row, by=by, now=now)
        messages.success(request, _now("Thank you. It leaves now."))
    else:
        raise Invalid(code="field_choice", field="answer")
    return go(request, "delivery", access.workspace.slug, delivery_id)


@page(right=Right.SEE, methods=POST)
def send(request: HttpRequest, access: Access, delivery_id: UUID) -> HttpResponse:
    """What was missed or failed leaves after all."""
    row = _to_settle(access, delivery_id)
    send_late(row, by=access.person.pk, now=clock.now())
    messages.success(request, _now("It leaves now."))
    return go(request, "delivery", access.workspace.slug, row.pk)


@page(right=Right.SEE, methods=POST)
def leave(request: HttpRequest, access: Access, delivery_id: UUID) -> HttpResponse:
    row = _to_settle(access, delivery_id)
    leave_it(row, by=access.person.pk, now=clock.now())
    messages.success(request, _now("Left as it is. Nothing more is sent for it."))
    return go(request, "delivery", access.workspace.slug, delivery_id)


@page(right=Right.TAKE_DOWN, methods=FORM)
def remove(request: HttpRequest, access: Access, delivery_id: UUID) -> HttpResponse:
    """What will happen is said first; the answer leads to the delete's own page."""
    row = selectors.delivery_of(access.workspace.pk, delivery_id)
    if request.method == "POST":
        undoing = take_down(row, by=access.person.pk, now=clock.now())
        return go(request, "delivery", access.workspace.slug, undoing.pk)
    costs = cost_of_deleting(access.workspace.pk, [row.channel], clock.now())
    context = {
        "delivery": row,
        **weighed(costs, [row.channel]),
        "title": words.title_of(row, _EXCERPT),
        "possible": can_take_down(row),
        "out": row.kind in MAKES and row.state in PROVED and bool(row.remote_id),
        "link": words.safe_link(place_of(row).url),
        "area": "deliveries",
    }
    return show(request, "deliveries/remove.html", context)


@page(right=Right.SEE)
def picture(
    request: HttpRequest, access: Access, delivery_id: UUID, number: int
) -> HttpResponseBase:
    """A picture as it was sent."""
    del request
    row = selectors.delivery_of(access.workspace.pk, delivery_id)
    sent = row.payload.get("media", [])
    if number >= len(sent) or not blobs.exists(sent[number]["sha256"]):
        raise NotFound(code="blob_missing")
    file = blobs.path(sent[number]["sha256"])
    return FileResponse(file.open("rb"), content_type=sent[number]["mime"])


@page(right=Right.SEE)
def seen_picture(
    request: HttpRequest, access: Access, delivery_id: UUID, number: int, place: int
) -> HttpResponse:
    """A picture as the network shows it, fetched now and drawn anew: no stranger's bytes. One that
    is not to be had any more (networks' addresses end) is drawn as missing."""
    del request
    row = selectors.delivery_of(access.workspace.pk, delivery_id)
    try:
        url = str(row.seen[number]["media"][place]["url"])
    except (IndexError, KeyError, TypeError) as error:
        raise NotFound(what="picture") from error
    try:
        bytes_there = fetch_picture(
            workspace_id=access.workspace.pk, channel_id=row.channel_id, url=url
        )
        _picture, thumb = clean(bytes_there)
    except Problem:
        return redirect(static("picture-away.svg"))
    return HttpResponse(thumb.data, content_type=THUMB_MIME)


def _context(access: Access, row: Delivery, now: datetime) -> dict[str, Any]:
    ledger = list(selectors.attempts(row.pk))
    there = place_of(row)
    undoes = row.kind == DELETE
    context: dict[str, Any] = {
        "delivery": row,
        "undoes": undoes,
        "kind": words.KINDS[row.kind],
        "title": words.title_of(row, _EXCERPT),
        "head": words.head_of(row),
        "acts": row.kind == ACT,
        "on_person": row.payload.get("deed") in ON_PEOPLE,
        "why": selectors.why_of(row),
        "moving": moves(row, now),
        "stamp": f"{row.state}.{len(ledger)}.{row.tries}.{row.looks}",
        "ledger": words.facts(ledger, row.kind),
        "link": words.safe_link(there.url) if row.state in OUT else "",
        "name_there": there.remote_id,
        "found": words.found(row, selectors.taken(row) if row.state == "needs_human" else ()),
        "area": "deliveries",
        **_offers(access, row),
    }
    if undoes:
        context |= _of_other(row, row.source)
    elif row.kind == EDIT:
        context |= _of_other(row, uuid(row.payload.get("of")))
    elif row.kind != ACT:
        context |= _of_publish(access, row)
    if any(one.state in PROVED for one in context.get("deletes", ())):
        context |= {"kind": "delete", "why": why("", "verified", kind=DELETE), "link": ""}
    return context


def _to_settle(access: Access, delivery_id: UUID) -> Delivery:
    row = selectors.delivery_of(access.workspace.pk, delivery_id)
    need_settling(access, row)
    return row


def _offers(access: Access, row: Delivery) -> dict[str, Any]:
    """What this person may do about it, and why not where they may not."""
    may_answer = may_settle(access, row)
    offers: dict[str, Any] = {"may_answer": may_answer}
    if row.state == "needs_human":
        offers["answers"] = words.answers(row)
        offers["who_answers"] = words.who_answers(row)
    if may_answer and row.state in LEAVABLE:
        offers["may_leave"] = True
    if may_answer and row.state in ("missed", "failed"):
        refused = why_not_late(row, access.person.pk)
        offers["may_send"] = not refused
        offers["send_refused"] = _refusal(access, row, refused) if refused else ""
    return offers


def _refusal(access: Access, row: Delivery, code: str) -> str:
    """Why this person may not send it after all, and who may."""
    if code not in ("not_an_approver", "own_post"):
        return sentence(code)
    version = version_of(access.workspace.pk, row.source)
    names = [str(one) for one in deciders(access, hands_of(version.post, version))]
    if not names:
        return sentence("no_other_approver")
    only = "only_approver_now" if row.state == "missed" else "only_approver_again"
    which = "only_other_approver" if code == "own_post" else only
    return sentence(which, {"names": ", ".join(names)})


def _of_publish(access: Access, row: Delivery) -> dict[str, Any]:
    """The post that it belongs to, and the deletes that were ordered for it."""
    after = selectors.for_sources([row.pk]).get(row.pk, [])
    deletes = [one for one in after if one.kind == DELETE]
    out = row.state in PROVED and bool(row.remote_id)
    standing = any(one.state != "cancelled" for one in deletes)
    return {
        "post": _post(access, row.source),
        "deletes": deletes,
        "offer_delete": access.may(Right.TAKE_DOWN) and out and not standing,
        "can_delete": out and can_take_down(row),
    }


def _of_other(row: Delivery, delivery_id: UUID | None) -> dict[str, Any]:
    """The delivery that it takes back, or changes."""
    if delivery_id is None:
        return {}
    try:
        return {"undone": selectors.delivery_of(row.workspace_id, delivery_id)}
    except NotFound:
        return {}


def _post(access: Access, version_id: UUID) -> Post | None:
    try:
        return version_of(access.workspace.pk, version_id).post
    except NotFound:
        return None


def _at(row: Delivery) -> datetime:
    return row.due_at if row.state in selectors.MOVING else row.state_at


urlpatterns = [
    path("", deliveries, name="deliveries"),
    path("<uuid:delivery_id>/", delivery, name="delivery"),
    path("<uuid:delivery_id>/answer/", answer, name="delivery-answer"),
    path("<uuid:delivery_id>/send/", send, name="delivery-send"),
    path("<uuid:delivery_id>/leave/", leave, name="delivery-leave"),
    path("<uuid:delivery_id>/delete/", remove, name="delivery-remove"),
    path("<uuid:delivery_id>/pictures/<int:number>/", picture, name="delivery-picture"),
    path("<uuid:delivery_id>/seen/<int:number>/<int:place>/", seen_picture, name="delivery-seen"),
]
