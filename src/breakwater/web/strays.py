"""What our accounts show that did not leave from here: questions, what was seen, how soon; hours of
posts made by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.selectors import connected
from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.delivery.selectors import delivery_of
from breakwater.domain.errors import Invalid, StaleState
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays import selectors, services
from breakwater.strays.models import Sighting
from breakwater.strays.services.rules import Wish
from breakwater.strays.services.twins import linkable
from breakwater.web.forms import attempt
from breakwater.web.inbox_setup_rota import WEEKDAYS
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.strays_words import STATES, TONES, how_soon, kind_word, note

LIST, HAND = "strays/strays.html", "strays/hand.html"
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class HandForm(forms.Form):
    """One rule: a channel, days, hours, why."""

    channel = forms.ChoiceField(label=_("Channel"))
    weekdays = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[(str(day), said) for day, said in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    begins = forms.TimeField(label=_("From"), widget=_CLOCK)
    ends = forms.TimeField(
        label=_("Until"), widget=_CLOCK, help_text=_("A time before the first is on the next day.")
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Within two weeks from today."),
    )
    why = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = connected(access.workspace.pk)
        self.fields["channel"].choices = [(str(one.pk), str(one)) for one in rows]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        said = self.cleaned_data
        days = tuple(int(day) for day in said["weekdays"])
        return Wish(days, said["begins"], said["ends"], said["why"], said["until"])


@page(right=Right.SEE)
def strays(request: HttpRequest, access: Access) -> HttpResponse:
    workspace_id = access.workspace.pk
    rows = selectors.sightings(workspace_id)
    asked = [row for row in rows if row.state == "twin"]
    context = {
        "alarm": selectors.open_alarm(workspace_id),
        "questions": [_said(row) for row in asked],
        "seen": [_said(row) for row in rows if row.state != "twin"],
        "sights": [(one, how_soon(one)) for one in selectors.sights(workspace_id)],
        "rests": selectors.rests(workspace_id),
        "may_settle": access.may(Right.SCHEDULE),
        "may_answer": access.may(Right.RESPOND),
        "may_rule": access.may(Right.CONNECT),
        "area": "incidents",
    }
    return show(request, LIST, context)


@page(right=Right.SCHEDULE, methods=POST)
def link(request: HttpRequest, access: Access, sighting_id: UUID) -> HttpResponse:
    """The post is what became of the delivery: nothing more of it is sent."""
    row = selectors.sighting_of(access.workspace.pk, sighting_id)
    try:
        if row.delivery_id is None:
            raise Invalid(code="not_a_candidate", field="delivery")
        delivery = delivery_of(access.workspace.pk, row.delivery_id)
        services.link_twin(row, delivery, by=access.person.pk, now=clock.now())
    except (Invalid, StaleState) as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _now("It is known to be out. It is not sent again."))
    return go(request, "strays", access.workspace.slug)


@page(right=Right.SCHEDULE, methods=POST)
def ours(request: HttpRequest, access: Access, sighting_id: UUID) -> HttpResponse:
    row = selectors.sighting_of(access.workspace.pk, sighting_id)
    if row.state in ("twin", "told"):
        services.is_ours(row, by=access.person.pk, now=clock.now())
        messages.success(request, _now("It is on record that one of you did it."))
    return go(request, "strays", access.workspace.slug)


@page(right=Right.SCHEDULE, methods=POST)
def not_ours(request: HttpRequest, access: Access, sighting_id: UUID) -> HttpResponse:
    row = selectors.sighting_of(access.workspace.pk, sighting_id)
    if row.state in ("twin", "told"):
        services.not_ours(row, by=access.person.pk, now=clock.now())
        messages.success(request, _now("It is an alarm now. Whoever is on duty is told."))
    return go(request, "strays", access.workspace.slug)


@page(right=Right.CONNECT, methods=FORM)
def hand(request: HttpRequest, access: Access) -> HttpResponse:
    form = HandForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: services.add_rule(
                access.workspace.pk, UUID(form.cleaned_data["channel"]), form.wish(),
                by=access.person.pk, now=clock.now(),
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _now("Posts made by hand in these hours wake nobody."))
            return go(request, "strays-hand", access.workspace.slug)
    rules = [
        (one, ", ".join(str(WEEKDAYS[day]) for day in one.weekdays))
        for one in selectors.rules_of(access.workspace.pk)
    ]
    context = {"form": form, "rules": rules, "area": "incidents"}
    return show(request, HAND, context, status=400 if form.errors else 200)


@page(right=Right.CONNECT, methods=POST)
def end(request: HttpRequest, access: Access, rule_id: UUID) -> HttpResponse:
    services.end_rule(access.workspace.pk, rule_id, by=access.person.pk, now=clock.now())
    messages.success(request, _now("The rule has ended."))
    return go(request, "strays-hand", access.workspace.slug)


@page(right=Right.CONNECT, methods=POST)
def answers(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """Answers made by hand on this channel are judged from now on, or left alone."""
    on = request.POST.get("on") == "yes"
    services.judge_answers(
        access.workspace.pk, channel_id, on, by=access.person.pk, now=clock.now()
    )
    said = (
        _now("Answers that did not leave from here are an alarm there from now on.")
        if on
        else _now("Answers made by hand wake nobody there any more.")
    )
    messages.success(request, said)
    return go(request, "strays", access.workspace.slug)


def _said(row: Sighting) -> dict[str, Any]:
    """ours: the words of ours that it is about. What strangers wrote is on the alarm's page alone."""
    payload = row.delivery.payload if row.delivery else {}
    return {
        "row": row,
        "kind": kind_word(row),
        "state": STATES[row.state],
        "tone": TONES.get(row.state, ""),
        "note": note(row),
        "url": row.url if row.url.startswith(("https://", "http://")) else "",
        "ours": str(payload.get("text", ""))[:500],
        "linkable": linkable(row.delivery, row),
        "asks": row.state in ("twin", "told"),
    }


urlpatterns = [
    path("", strays, name="strays"),
    path("hand/", hand, name="strays-hand"),
    path("hand/<uuid:rule_id>/end/", end, name="strays-hand-end"),
    path("answers/<uuid:channel_id>/", answers, name="strays-answers"),
    path("<uuid:sighting_id>/link/", link, name="strays-link"),
    path("<uuid:sighting_id>/ours/", ours, name="strays-ours"),
    path("<uuid:sighting_id>/not-ours/", not_ours, name="strays-not-ours"),
]
