"""A deed on the network about one message: asked about where it is grave, done, taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.inbox import deeds
from breakwater.inbox.models import Item
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services.acting import LONGEST, Wish, act
from breakwater.inbox.services.acting import undo as take_back
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.asked import click
from breakwater.web.forms import attempt
from breakwater.web.inbox_deed_marks import done_of, may_do
from breakwater.web.page import FORM, POST, go, page, safe_next, show


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=list(words.REASONS.items()),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In your words, for the people of the network"),
        help_text=_("Only networks that take a text with a report are given it."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        max_length=LONGEST,
        required=False,
    )


@page(right=Right.ANSWER, methods=FORM)
def deed(request: HttpRequest, access: Access, item_id: int, name: str) -> HttpResponse:
    """It is asked about, or done."""
    wanted, item = _deed(name), item_of(access.workspace.pk, item_id)
    form = ReportForm(request.POST or None) if wanted is Deed.REPORT else None
    if request.method == "POST" and (form is None or form.is_valid()):
        wish = Wish(wanted, **(form.cleaned_data if form else {}))
        now, made = clock.now(), click(request.POST)
        if form is None:
            act(access, item_id, wish, request=made, now=now)
            return _back(request, access, item)
        if attempt(form, lambda: act(access, item_id, wish, request=made, now=now)) is not None:
            return _back(request, access, item)
    return show(request, "inbox/deed.html", _question(access, item, wanted, form))


@page(right=Right.ANSWER, methods=POST)
def undo(request: HttpRequest, access: Access, answer_id: UUID) -> HttpResponse:
    answer = take_back(access, answer_id, request=click(request.POST), now=clock.now())
    item = item_of(access.workspace.pk, answer.item_id or 0)
    if answer.delivery.state == "cancelled":
        messages.success(request, _now("It had not left yet, and does not leave."))
    return _back(request, access, item)


@page(right=Right.SEE)
def standing(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    """How far the deeds on a message are, for a page that looks again by itself."""
    item = item_of(access.workspace.pk, item_id)
    done = deeds.done_to([item])[item.pk]
    powers = deeds.powers_of(item.thread.channel)
    it = done_of(access, item, done, powers, now=clock.now())
    return show(request, "inbox/deeds-done.html", {"it": it})


def _deed(name: str) -> Deed:
    if name not in {one.value for one in deeds.OFFERED}:
        raise NotFound(what="deed")
    return Deed(name)


def _back(request: HttpRequest, access: Access, item: Item) -> HttpResponse:
    there = reverse("inbox-thread", args=[access.workspace.slug, item.thread_id])
    return go(request, f"{safe_next(request, there)}#message-{item.pk}")


def _question(access: Access, item: Item, wanted: Deed, form: ReportForm | None) -> dict[str, Any]:
    one = deeds.one_of(item, wanted, deeds.powers_of(item.thread.channel))
    return {
        "title": words.QUESTIONS.get(wanted, words.LABELS[wanted]),
        "means": words.MEANS.get(wanted, ""),
        "possible": one,
        "for_good": words.FOR_GOOD if one.for_good and wanted is Deed.BLOCK else "",
        "label": words.LABELS[wanted],
        "channel": item.thread.channel,
        "form": form,
        "request_id": new_id(),
        "back": reverse("inbox-thread", args=[access.workspace.slug, item.thread_id]),
        "may": may_do(access, wanted),
        "area": "inbox",
    }


urlpatterns = [
    path("items/<int:item_id>/deeds/", standing, name="inbox-deeds-standing"),
    path("items/<int:item_id>/deeds/<slug:name>/", deed, name="inbox-deed"),
    path("deeds/<uuid:answer_id>/undo/", undo, name="inbox-deed-undo"),
]
