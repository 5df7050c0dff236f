"""The same deed on the messages of several conversations: what a click would do, before it is made."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.inbox.selectors import waiting_in
from breakwater.inbox.services.acting import LONGEST, Wish
from breakwater.inbox.services.acting_on_many import (
    AT_ONCE,
    MANY,
    Plan,
    act_on_many,
    plan,
)
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.asked import click, numbers, uuids
from breakwater.web.forms import attempt
from breakwater.web.inbox_chosen import asked_of, back_of, nothing_chosen
from breakwater.web.inbox_deeds import ReportForm
from breakwater.web.page import FORM, POST, go, page, show


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept on record with your name."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        max_length=LONGEST,
        required=False,
    )


@page(right=Right.ANSWER, methods=FORM)
def several(request: HttpRequest, access: Access) -> HttpResponse:
    """What it would do, by network, and what it cannot; nothing is done."""
    asked = asked_of(request)
    wanted, items = _deed(asked), _items(access, asked)
    found = plan(access, items, wanted) if items else None
    if found is None or not (found.able or found.unable):
        return nothing_chosen(request, access, named="thread" in asked or "item" in asked)
    return show(
        request, "inbox/several.html", _context(request, access, found, _form(wanted, None))
    )


@page(right=Right.ANSWER, methods=POST)
def act(request: HttpRequest, access: Access) -> HttpResponse:
    wanted = _deed(request.POST)
    ids = numbers(request.POST.getlist("item"))
    if not ids:
        return nothing_chosen(request, access)
    form = _form(wanted, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        wish = Wish(wanted, said.get("reason", ""), said.get("text", ""))
        made = attempt(
            form,
            lambda: act_on_many(
                access, ids, wish, reason=said.get("why", ""),
                request=click(request.POST), now=clock.now(),
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _told(len(made)))
            return go(request, back_of(request, access))
    found = plan(access, ids, wanted)
    return show(request, "inbox/several.html", _context(request, access, found, form), status=400)


def _deed(query: QueryDict) -> Deed:
    name = query.get("deed", "")
    if name not in {one.value for one in MANY}:
        raise NotFound(what="deed")
    return Deed(name)


def _items(access: Access, query: QueryDict) -> list[int]:
    """Those that were named, and what waits in the conversations that were chosen; one more than may
    be is too many already."""
    chosen = numbers(query.getlist("item"))
    talks = uuids(query.getlist("thread"))
    if talks:
        chosen += waiting_in(access.workspace.pk, talks, limit=AT_ONCE + 1)
    return list(dict.fromkeys(chosen))[: AT_ONCE + 1]


def _form(wanted: Deed, typed: QueryDict | None) -> forms.Form:
    return ReportForm(typed) if wanted is Deed.REPORT else WhyForm(typed)


def _context(request: HttpRequest, access: Access, found: Plan, form: forms.Form) -> dict[str, Any]:
    if "why" in form.fields:
        form.fields["why"].required = found.reason
    return {
        "title": words.MANY[found.deed],
        "means": words.MEANS[found.deed],
        "label": words.SEVERAL[found.deed],
        "plan": found,
        "form": form if found.reason or found.deed is Deed.REPORT else None,
        "request_id": new_id(),
        "next": back_of(request, access),
        "area": "inbox",
    }


def _told(n: int) -> str:
    return ngettext(
        "It is on its way for %(n)s message. What becomes of it stands at the message.",
        "It is on its way for %(n)s messages. What becomes of it stands at each.",
        n,
    ) % {"n": n}


urlpatterns = [
    path("several/", several, name="inbox-several"),
    path("several/act/", act, name="inbox-several-act"),
]
