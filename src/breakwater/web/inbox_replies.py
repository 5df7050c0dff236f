"""Set-up of answers: those to be used again, and whether answers need somebody else's yes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.triage import Category
from breakwater.domain.variables import NAMES, shown
from breakwater.inbox import saved
from breakwater.inbox.models import SavedReply
from breakwater.inbox.selectors import asks_approval
from breakwater.inbox.services.approval import ask_approval
from breakwater.inbox.services.saved_replies import (
    LONGEST,
    Wording,
    add_reply,
    change_reply,
    remove_reply,
)
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.composing import language_name, languages
from breakwater.web.forms import attempt
from breakwater.web.inbox_words import CATEGORIES
from breakwater.web.page import FORM, POST, go, page, show

PAGE, CHANGE = "inbox/replies.html", "inbox/reply.html"
_UNFIT = (Category.DANGER, Category.THREAT, Category.ABUSE, Category.SPAM)
"""Nobody is answered there with words that were written before."""


class ReplyForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As your team knows it."), max_length=100)
    language = forms.ChoiceField(label=_("Language"))
    category = forms.ChoiceField(label=_("Offered for"), required=False)
    text = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = str(self.initial.get("language", ""))
        fitting = [(one.value, CATEGORIES[one]) for one in Category if one not in _UNFIT]
        self.fields["text"].help_text = _now(
            "Filled in for each conversation: the name of whom you answer, the number of their order, "
            "the shop, who answers, the brand, the address of the post: %(places)s, in this order. "
            "What is not known stays to be filled in by hand."
        ) % {"places": shown(NAMES)}
        self.fields["language"].choices = languages(spoken)  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("Everything")), *fitting]  # type: ignore[attr-defined]

    def wording(self) -> Wording:
        said = self.cleaned_data
        return Wording(said["name"], said["language"], said["text"], said["category"])


@page(right=Right.SEE)
def replies(request: HttpRequest, access: Access) -> HttpResponse:
    form = ReplyForm(initial={"language": access.workspace.language})
    return show(request, PAGE, _context(access, form))


@page(right=Right.ANSWER, methods=POST)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    form = ReplyForm(request.POST)
    if not form.is_valid() or not attempt(
        form, lambda: add_reply(access, form.wording(), now=clock.now())
    ):
        return show(request, PAGE, _context(access, form), status=400)
    messages.success(request, _now("It is offered from now on."))
    return go(request, "inbox-replies", access.workspace.slug)


@page(right=Right.ANSWER, methods=FORM)
def change(request: HttpRequest, access: Access, reply_id: UUID) -> HttpResponse:
    row = saved.saved_reply_of(access.workspace.pk, reply_id)
    if request.method != "POST":
        return show(request, CHANGE, _one(row, ReplyForm(initial=_said(row))))
    form = ReplyForm(request.POST, initial=_said(row))
    if not form.is_valid() or not attempt(
        form, lambda: change_reply(access, reply_id, form.wording(), now=clock.now())
    ):
        return show(request, CHANGE, _one(row, form), status=400)
    messages.success(request, _now("Changed. What has left stays as it was."))
    return go(request, "inbox-replies", access.workspace.slug)


@page(right=Right.ANSWER, methods=POST)
def remove(request: HttpRequest, access: Access, reply_id: UUID) -> HttpResponse:
    remove_reply(access, reply_id, now=clock.now())
    messages.success(request, _now("It is not offered any more."))
    return go(request, "inbox-replies", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def approval(request: HttpRequest, access: Access) -> HttpResponse:
    on = "approval" in request.POST
    ask_approval(access, on=on, now=clock.now())
    said = _now("From now on answers wait for a yes.") if on else _now("Answers leave at once.")
    messages.success(request, said)
    return go(request, "inbox-replies", access.workspace.slug)


def _said(row: SavedReply) -> dict[str, str]:
    return {
        "name": row.name, "language": row.language, "category": row.category, "text": row.text,
    }  # fmt: skip


def _one(row: SavedReply, form: ReplyForm) -> dict[str, Any]:
    return {"row": row, "form": form, "area": "inbox"}


def _context(access: Access, form: ReplyForm) -> dict[str, Any]:
    rows = saved.saved_replies(access.workspace.pk)
    named = {one.value: CATEGORIES[one] for one in Category}
    return {
        "rows": [
            {
                "reply": row, "category": named.get(row.category, ""),
                "language": language_name(row.language),
            }
            for row in rows
        ],
        "form": form,
        "approval": asks_approval(access.workspace.pk),
        "may_change": access.may(Right.ANSWER),
        "may_set_up": access.may(Right.INVITE),
        "area": "inbox",
    }  # fmt: skip


urlpatterns = [
    path("", replies, name="inbox-replies"),
    path("add/", add, name="inbox-reply-add"),
    path("approval/", approval, name="inbox-approval"),
    path("<uuid:reply_id>/", change, name="inbox-reply"),
    path("<uuid:reply_id>/remove/", remove, name="inbox-reply-remove"),
]
