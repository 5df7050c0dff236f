"""What can be done on the network about one message, at its foot; and what was, with a way back.

None of it needs the text: who is spared it can act all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
from breakwater.inbox.deeds import Possible, Powers
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services.acting import LONGEST, Wish, act
from breakwater.inbox.services.acting import undo as take_back
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.forms import attempt
from breakwater.web.inbox_panels import Mark, Sight
from breakwater.web.page import FORM, POST, go, page, safe_next, show
from breakwater.web.watching import moves

ASK = frozenset(words.QUESTIONS)
"""Deeds that a person is asked about before."""


@dataclass(frozen=True)
class Offer:
    """One line of the menu."""

    deed: Deed
    label: str
    icon: str
    asks: bool


@dataclass(frozen=True)
class Shown:
    """One deed that was done, or is on its way."""

    answer: Answer
    standing: words.Standing
    undo: bool


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


def marks(sight: Sight) -> Mapping[int, Mark]:
    """Two queries."""
    theirs = [item for item in sight.items if not item.own]
    powers = deeds.powers_of(sight.thread.channel)
    done = deeds.done_to(theirs) if theirs else {}
    return {
        item.pk: Mark("inbox/deeds.html", {
            **_done(sight.access, item, done[item.pk], powers, sight),
            **_menu(sight.access, item, done[item.pk], powers),
        })
        for item in theirs
    }  # fmt: skip


@page(right=Right.ANSWER, methods=FORM)
def deed(request: HttpRequest, access: Access, item_id: int, name: str) -> HttpResponse:
    """It is asked about, or done."""
    wanted, item = _deed(name), item_of(access.workspace.pk, item_id)
    form = ReportForm(request.POST or None) if wanted is Deed.REPORT else None
    if request.method == "POST" and (form is None or form.is_valid()):
        wish = Wish(wanted, **(form.cleaned_data if form else {}))
        now, click = clock.now(), _click(request)
        if form is None:
            act(access, item_id, wish, request=click, now=now)
            return _back(request, access, item)
        if attempt(form, lambda: act(access, item_id, wish, request=click, now=now)) is not None:
            return _back(request, access, item)
    return show(request, "inbox/deed.html", _question(access, item, wanted, form))


@page(right=Right.ANSWER, methods=POST)
def undo(request: HttpRequest, access: Access, answer_id: UUID) -> HttpResponse:
    answer = take_back(access, answer_id, request=_click(request), now=clock.now())
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
    it = _done(access, item, done, powers, None)
    return show(request, "inbox/deeds-done.html", {"it": it})


def _deed(name: str) -> Deed:
    if name not in {one.value for one in deeds.OFFERED}:
        raise NotFound(what="deed")
    return Deed(name)


def _click(request: HttpRequest) -> UUID:
    """The form's own id, so that the same click counts once."""
    try:
        return UUID(request.POST.get("request", ""))
    except ValueError:
        return new_id()


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
        "may": wanted is not Deed.REMOVE or access.may(Right.TAKE_DOWN),
        "area": "inbox",
    }


def _done(
    access: Access, item: Item, done: list[Answer], powers: Powers, sight: Sight | None
) -> dict[str, Any]:
    now = sight.now if sight else clock.now()
    may = access.may(Right.ANSWER)
    return {
        "item_id": item.pk,
        "done": [
            Shown(one, words.standing(one.delivery), may and deeds.undoable(one, powers))
            for one in done
        ],
        "moving": any(moves(one.delivery, now) for one in done),
        "request": new_id(),
    }


def _menu(access: Access, item: Item, done: list[Answer], powers: Powers) -> dict[str, Any]:
    """What is offered, and why the rest is not; nothing to those who may answer nobody."""
    if not access.may(Right.ANSWER):
        return {"offers": [], "cannot": []}
    stand = {Deed(one.deed) for one in done if deeds.stands(one)}
    every = [one for one in deeds.possible(item, powers) if one.deed not in stand]
    return {
        "offers": [_offer(one) for one in every if one.yes and _may(access, one.deed)],
        "cannot": [
            words.why_not(one.deed, one.why) for one in every if not one.yes and not item.gone
        ],
    }


def several_offers(access: Access) -> list[Offer]:
    """Deeds that a list offers for what was chosen in it; each asks before."""
    if not access.may(Right.ANSWER):
        return []
    every = [one for one in deeds.OFFERED if one is not Deed.UNFOLLOW and _may(access, one)]
    return [Offer(one, str(words.SEVERAL[one]), words.ICONS[one], True) for one in every]


def _may(access: Access, wanted: Deed) -> bool:
    return wanted is not Deed.REMOVE or access.may(Right.TAKE_DOWN)


def _offer(one: Possible) -> Offer:
    return Offer(one.deed, str(words.LABELS[one.deed]), words.ICONS[one.deed], one.deed in ASK)


urlpatterns = [
    path("items/<int:item_id>/deeds/", standing, name="inbox-deeds-standing"),
    path("items/<int:item_id>/deeds/<slug:name>/", deed, name="inbox-deed"),
    path("deeds/<uuid:answer_id>/undo/", undo, name="inbox-deed-undo"),
]
