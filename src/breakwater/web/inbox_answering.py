"""Answering in words: the panel under a conversation, its own page, and the draft that is kept."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound, Problem, StaleState
from breakwater.inbox import reading, saved, selectors
from breakwater.inbox.models import Item, Proposal
from breakwater.inbox.services.answering import Wish
from breakwater.inbox.services.answering import answer as answer_it
from breakwater.inbox.services.drafting import keep_draft, revision_of
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.asked import uuid
from breakwater.web.inbox_answer_form import Typed, answered_first, as_typed, form_of
from breakwater.web.inbox_panels import Mark, Panel, Sight
from breakwater.web.inbox_said import in_order
from breakwater.web.inbox_sight import look
from breakwater.web.inbox_walk import onward
from breakwater.web.numbers import number
from breakwater.web.page import FORM, POST, go, page, safe_next, show
from breakwater.web.problems import status_of
from breakwater.wellbeing.selectors import shield_of

PAGE, FORM_PART = "inbox/answering.html", "inbox/answer.html"


def panel(sight: Sight) -> Panel | None:
    """The form, for those who may answer, where there is somebody to answer. See `form_of`."""
    item = answered_first(sight.items)
    if item is None or not sight.access.may(Right.ANSWER):
        return None
    return Panel("below", FORM_PART, form_of(sight, item))


def marks(sight: Sight) -> Mapping[int, Mark]:
    """Where several of their messages could be answered, each other one has a way of its own. No
    query."""
    if not sight.access.may(Right.ANSWER):
        return {}
    first = answered_first(sight.items)
    others = [one for one in sight.items if not (one.own or one.gone) and one != first]
    mark = Mark("inbox/answer-mark.html", {"thread": sight.thread})
    return {one.pk: mark for one in others}


@page(right=Right.ANSWER, methods=FORM)
def answer(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """?item=: which message. Sent; or the form again with what was typed and why it did not leave."""
    sight = look(access, thread_id, clock.now())
    if request.method != "POST":
        return _form(request, sight, _chosen(sight, request.GET.get("item", "")))
    item = _chosen(sight, request.POST.get("item", ""))
    if "saved" in request.POST:
        return _filled(request, sight, item)
    try:
        made = answer_it(access, thread_id, _wish(request, item), now=clock.now())
    except Problem as problem:
        return _refused(request, sight, item, problem)
    return _sent(request, sight, waits=isinstance(made, Proposal))


@page(right=Right.ANSWER, methods=POST)
def keep(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """What is typed is kept; the answer says how it may sound and what is still to be filled in."""
    text, now = _text(request), clock.now()
    try:
        draft = keep_draft(
            access, thread_id, text, revision=request.POST.get("revision", ""), now=now
        )
    except (Invalid, StaleState) as problem:
        context = {"sentence": say(problem), "tone": "care"}
        return show(request, "parts/notice.html", context, status=status_of(problem))
    thread = selectors.thread_of(access.workspace.pk, thread_id)
    sight = Sight(access, thread, [], shield_of(access.person, access.workspace.pk), now)
    answer = show(request, "inbox/typed.html", {"it": as_typed(sight, text)})
    answer["X-Revision"] = revision_of(draft)
    return answer


def _chosen(sight: Sight, wanted: str) -> Item:
    """The message that the address or the form names; without one, the one to answer first."""
    if not wanted:
        found = answered_first(sight.items)
    else:
        theirs = {str(one.pk): one for one in sight.items if not one.own}
        found = theirs.get(wanted)
    if found is None:
        raise NotFound(what="item")
    return found


def _form(
    request: HttpRequest, sight: Sight, item: Item, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    form, leads = form_of(sight, item, typed), _onward(request, sight)
    if getattr(request, "htmx", False):
        return show(request, FORM_PART, {"it": form, "onward": leads})
    context = {
        "it": form,
        "onward": leads,
        "thread": sight.thread,
        "since": in_order([], sight)[-1:],
        "author": reading.author(sight.thread.contact, sight.shield) if sight.thread.contact else None,
        "area": "inbox",
    }  # fmt: skip
    return show(request, PAGE, context, status=status)


def _filled(request: HttpRequest, sight: Sight, item: Item) -> HttpResponse:
    """A saved answer is put after what was typed, as far as its places can be filled."""
    reply = saved.saved_reply_of(sight.access.workspace.pk, _id(request.POST.get("saved", "")))
    message = reading.message(item, sight.shield)
    text = saved.filled(reply, saved.values_for(sight.access, sight.thread, message))
    typed = _text(request).strip()
    whole = f"{typed}\n\n{text}" if typed else text
    return _form(request, sight, item, _typed(request, whole))


def _refused(request: HttpRequest, sight: Sight, item: Item, problem: Problem) -> HttpResponse:
    fresh = look(sight.access, sight.thread.pk, clock.now())
    typed = _typed(request, _text(request), problem)
    return _form(request, fresh, item, typed, status_of(problem))


def _sent(request: HttpRequest, sight: Sight, *, waits: bool) -> HttpResponse:
    said = (
        _now("It waits for somebody else's yes.") if waits else _now("Your answer is on its way.")
    )
    messages.success(request, said)
    if request.POST.get("then") == "next":
        return go(request, _onward(request, sight))
    return go(request, "inbox-thread", sight.access.workspace.slug, sight.thread.pk)


def _onward(request: HttpRequest, sight: Sight) -> str:
    """Where it goes on to once it is sent: as the page of the conversation said."""
    return safe_next(request, onward(request.GET, sight.access, sight.thread))


def _typed(request: HttpRequest, text: str, problem: Problem | None = None) -> Typed:
    return Typed(
        text,
        request.POST.get("request", "") or str(new_id()),
        keep_open="keep_open" in request.POST,
        problem=say(problem) if problem else "",
        meanwhile=problem is not None and problem.code == "answered_meanwhile",
    )


def _wish(request: HttpRequest, item: Item) -> Wish:
    typed = request.POST
    upto = number(typed.get("upto", ""))
    return Wish(
        item_id=item.pk, text=_text(request), request=_id(typed.get("request", "")),
        workspace_id=_id(typed.get("workspace", "")), channel_id=_id(typed.get("channel", "")),
        seen=typed.get("seen", ""), upto=item.pk if upto is None else upto,
        keep_open="keep_open" in typed, language=item.language if item.language != "und" else "",
    )  # fmt: skip


def _text(request: HttpRequest) -> str:
    """As a browser's field has it, with the ends of lines that networks count once."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def _id(said: str) -> UUID:
    """Raises: Invalid for a form that was not made here."""
    found = uuid(said)
    if found is None:
        raise Invalid(code="answer_other_brand")
    return found


urlpatterns = [
    path("<uuid:thread_id>/answer/", answer, name="inbox-answer"),
    path("<uuid:thread_id>/draft/", keep, name="inbox-draft"),
]
