"""Pauses: the button and its answer, and what has been paused here."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.pauses import selectors
from breakwater.pauses.models import Pause
from breakwater.pauses.services.pausing import WHY_CHARACTERS, Answer, pause_all
from breakwater.pauses.services.watching import led_to
from breakwater.pauses.watching import signals_of
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.asked import uuid
from breakwater.web.forms import attempt
from breakwater.web.lately import mine_of
from breakwater.web.page import FORM, go, own_page, page, show
from breakwater.web.pause_words import closings, reasons_of

JUST = timedelta(minutes=10)
"""For so long after it began a pause's page looks whether what was leaving is out."""


class BeginForm(forms.Form):
    """Why is all that is asked. daily: whether posts may leave on a day for which they are confirmed."""

    why = forms.CharField(
        label=_("Why?"), max_length=WHY_CHARACTERS, widget=forms.TextInput,
        help_text=_("A few words. Your colleagues read them at the top of every page."),
    )  # fmt: skip
    daily = forms.BooleanField(
        required=False, label=_("Day by day"),
        help_text=_("Gentler: a post leaves only on a day for which somebody has confirmed it."),
    )  # fmt: skip

    def begin(self, access: Access) -> Answer:
        mode = "daily" if self.cleaned_data["daily"] else "all"
        why = self.cleaned_data["why"]
        return pause_all(access, why, via="page", mode=mode, now=clock.now())


@page(right=Right.PAUSE, methods=FORM)
def begin(request: HttpRequest, access: Access) -> HttpResponse:
    """The form alone, and what its button does. Without a reason nothing is paused."""
    form = BeginForm(request.POST or None, initial={"why": request.GET.get("why", "")[:500]})
    if request.method == "POST" and form.is_valid():
        answer = attempt(form, lambda: form.begin(access))
        if answer is not None:
            _note_signal(request, access, answer.pause)
            return go(request, "pause", access.workspace.slug, answer.pause.pk)
    context = {
        "form": form,
        "standing": selectors.open_pause(access.workspace.pk),
        "area": "pauses",
    }
    return show(request, "pauses/begin.html", context, status=400 if form.errors else 200)


@own_page(FORM)
def everywhere(request: HttpRequest, person: Person) -> HttpResponse:
    """The same for several workspaces: all that the person may pause, ticked, and one reason."""
    mine = [one for one in mine_of(request, person) if one.may(Right.PAUSE)]
    form = BeginForm(request.POST or None)
    chosen = set(request.POST.getlist("workspace"))
    wanted = [one for one in mine if one.workspace.slug in chosen]
    if request.method == "POST" and not wanted:
        form.add_error(None, _now("Choose at least one workspace."))
    ready = request.method == "POST" and form.is_valid()
    if ready and attempt(form, lambda: _all(form, wanted)) is not None:
        messages.success(request, _now("Nothing more leaves."))
        return go(request, "pause-everywhere")
    standing = selectors.open_pauses(one.workspace.pk for one in mine)
    rows = [(one.workspace, standing.get(one.workspace.pk)) for one in mine]
    context = {"form": form, "rows": rows, "area": "pauses"}
    return show(request, "pauses/everywhere.html", context, status=400 if form.errors else 200)


@page(right=Right.SEE)
def pauses(request: HttpRequest, access: Access) -> HttpResponse:
    """The newest 50."""
    context = {"rows": selectors.pauses_of(access.workspace.pk), "area": "pauses"}
    return show(request, "pauses/list.html", context)


@page(right=Right.SEE)
def pause(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """What the answer said, as it is now; for its own polling only what changes."""
    row = selectors.pause_of(access.workspace.pk, pause_id)
    return show(request, "pauses/pause.html", context_of(access, row), part="live")


def context_of(access: Access, row: Pause) -> dict[str, Any]:
    """What the pause's own page shows, and the head of the pages about it."""
    now = clock.now()
    shown = selectors.answer(row)
    return {
        "pause": row,
        "shown": shown,
        "soon": not row.over and (not shown.settled or now - row.created_at < JUST),
        "look_first": not row.over and row.reevaluate_at <= now,
        "closings": closings(row),
        "scope": reasons_of(row),
        "told": selectors.told(access.workspace.pk),
        "asks": selectors.asking(row) if row.over else 0,
        "area": "pauses",
        "tab": "answer",
        "may_audit": access.may(Right.AUDIT),
    }


def _note_signal(request: HttpRequest, access: Access, row: Pause) -> None:
    """The form was opened from a signal of the watch, which is answered by this."""
    wanted = uuid(request.GET.get("signal", ""))
    for signal in signals_of(access.workspace.pk):
        if signal.pk == wanted and signal.state == "open":
            led_to(access, signal, row, now=clock.now())


def _all(form: BeginForm, wanted: list[Access]) -> list[Answer]:
    return [form.begin(one) for one in wanted]


urlpatterns = [
    path("pause/", begin, name="pause-begin"),
    path("pauses/", pauses, name="pauses"),
    path("pauses/<uuid:pause_id>/", pause, name="pause"),
]
