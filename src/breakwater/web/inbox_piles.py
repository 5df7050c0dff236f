"""What many people say at once, on one page: figures and a few examples instead of a feed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import pile_selectors, reading, selectors
from breakwater.inbox.models import Pile, Thread
from breakwater.inbox.selectors import Filters
from breakwater.inbox.services.pile_deeds import DEEDS
from breakwater.inbox.services.pile_setup import LARGEST, SMALLEST, choose
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_pile_words as words
from breakwater.web import inbox_words
from breakwater.web.forms import attempt
from breakwater.web.inbox_filters import query_of
from breakwater.web.inbox_thread import said
from breakwater.web.page import FORM, go, page, show
from breakwater.wellbeing.selectors import shield_of


class SizeForm(forms.Form):
    people = forms.IntegerField(
        label=_("From how many people on is it one thing?"),
        help_text=_("Fewer people than this who say the same stay single conversations."),
        min_value=SMALLEST,
        max_value=LARGEST,
    )

    def choose(self, access: Access) -> int:
        return choose(access, self.cleaned_data["people"], now=clock.now())


@page(right=Right.SEE)
def pile(request: HttpRequest, access: Access, pile_id: UUID) -> HttpResponse:
    found = pile_selectors.pile_of(access.workspace.pk, pile_id)
    shield = shield_of(access.person, access.workspace.pk)
    deeds = [words.deed(row, access.person.pk) for row in pile_selectors.deeds_of(found)]
    context = {
        **_figures(found, shield),
        "examples": [
            {**said(reading.message(item, shield)), "thread_id": item.thread_id}
            for item in pile_selectors.examples_of(found)
        ],
        "exceptions": [exception(row, shield) for row in pile_selectors.exceptions_of(found)],
        "asked": [one for one in deeds if one["waits"]],
        "deeds": [one for one in deeds if not one["waits"]],
        "ways": [{"deed": one, "title": words.TITLES[one], "icon": words.ICONS[one]} for one in DEEDS],
        "may_answer": access.may(Right.ANSWER),
        "pulse": selectors.pulses_of([access.workspace.pk])[access.workspace.pk],
        "area": "inbox",
    }  # fmt: skip
    return show(request, "inbox/pile.html", context, part="live")


@page(right=Right.INVITE, methods=FORM)
def size(request: HttpRequest, access: Access) -> HttpResponse:
    """From how many people on a group of messages is shown as one thing."""
    form = SizeForm(
        request.POST or None, initial={"people": pile_selectors.pile_from(access.workspace.pk)}
    )

    def chosen() -> int:
        return form.choose(access)

    if request.method == "POST" and form.is_valid() and attempt(form, chosen) is not None:
        messages.success(request, _now("It counts from the next messages on."))
        return go(request, "inbox-setup-piles", access.workspace.slug)
    return show(
        request, "inbox/setup-piles.html", {"form": form, "area": "inbox"},
        status=400 if form.errors else 200,
    )  # fmt: skip


def exception(thread: Thread, shield: Shield) -> dict[str, Any]:
    category = Category(thread.category)
    return {
        "thread": thread,
        "id": str(thread.pk),
        "author": reading.author(thread.contact, shield) if thread.contact else None,
        "title": inbox_words.ONE[category],
        "icon": inbox_words.ICONS[category],
        "may_go_along": category not in pile_selectors.NEVER and not thread.danger,
    }


def _figures(found: Pile, shield: Shield) -> dict[str, Any]:
    standing = pile_selectors.standing_of(found)
    growing = pile_selectors.growing(clock.here())
    read = reading.tally(pile_selectors.messages_of(found), shield, **growing)
    return {
        "pile": found,
        "title": words.label(found),
        "standing": standing,
        "figures": words.figures(standing),
        "waits": words.waits(standing),
        "to_read": words.to_read(read),
        "languages": words.languages(found),
        "signs": words.signs(found),
        "arranged": words.looks_arranged(found),
        "growth": pile_selectors.Growth(**read.besides),
        "query": query_of(Filters(pile=found.pk)),
    }


urlpatterns = [
    path("piles/<uuid:pile_id>/", pile, name="inbox-pile"),
    path("setup/piles/", size, name="inbox-setup-piles"),
]
