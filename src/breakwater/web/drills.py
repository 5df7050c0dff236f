"""Drills: beginning one, seeing how it goes and the times that it gave, ending it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.drills import selectors
from breakwater.drills.models import Drill
from breakwater.drills.script import said, scenarios
from breakwater.drills.services import Wish, begin, end
from breakwater.drills.times import times
from breakwater.people.models import Membership, Person
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, members
from breakwater.web.drill_words import FACTS, STEPS, duration, minutes
from breakwater.web.forms import LanguageField, attempt
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.waiting import Item, Waiting

SPEEDS = (
    (1, _("as it happened")),
    (5, _("five times as fast")),
    (15, _("fifteen times as fast")),
    (30, _("thirty times as fast")),
    (60, _("a minute in a second")),
)


class DrillForm(forms.Form):
    """One field more for each other member: their role in the drill, or none."""

    scenario = forms.ChoiceField(label=_("What happens"), widget=forms.RadioSelect)
    language = LanguageField(help_text=_("In which people write, and the brand speaks."))
    speed = forms.TypedChoiceField(
        label=_("How fast the clock goes"), coerce=int, choices=SPEEDS, initial=15
    )

    def __init__(self, *args: Any, others: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(one.slug, said(one.name, get_language() or "en")) for one in scenarios().values()]
        self.fields["scenario"].choices = shown  # type: ignore[attr-defined]
        self._others = others
        roles = [("", _("does not take part")), *Role.choices]
        for member in others:
            self.fields[f"role-{member.person_id}"] = forms.ChoiceField(
                label=str(member.person), choices=roles, required=False, initial=member.role
            )

    def people(self) -> list[forms.BoundField]:
        return [self[f"role-{member.person_id}"] for member in self._others]

    def wish(self) -> Wish:
        data = self.cleaned_data
        roles = {one.person_id: data[f"role-{one.person_id}"] for one in self._others}
        return Wish(
            scenario=data["scenario"],
            language=data["language"],
            speed=data["speed"],
            people={person: role for person, role in roles.items() if role},
        )


@page(right=Right.SEE)
def drills(request: HttpRequest, access: Access) -> HttpResponse:
    """Those in which this person takes part: what was practised is nobody else's business."""
    found = selectors.drills_of(access.workspace.pk, access.person)
    context = {
        "drills": [_line(one) for one in found],
        "may_begin": access.may(Right.INVITE) and not access.workspace.drill,
        "area": "incidents",
    }
    return show(request, "drills/drills.html", context)


@page(right=Right.INVITE, methods=FORM)
def new(request: HttpRequest, access: Access) -> HttpResponse:
    here = members(access.workspace.pk).exclude(person=access.person).filter(person__is_active=True)
    first = {"scenario": request.GET.get("scenario", ""), "language": access.workspace.language}
    form = DrillForm(request.POST or None, initial=first, others=list(here))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: begin(access, form.wish(), now=clock.now()))
        if made is not None:
            return go(request, "drill", made.workspace.slug, made.pk)
    language = get_language() or "en"
    shown = [
        (said(one.name, language), said(one.about, language), one.minutes)
        for one in scenarios().values()
    ]
    context = {"form": form, "shown": shown, "area": "incidents"}
    return show(request, "drills/new.html", context, status=400 if form.errors else 200)


@page(right=Right.SEE)
def drill(request: HttpRequest, access: Access, drill_id: UUID) -> HttpResponse:
    found = selectors.drill_of(access.workspace.pk, drill_id)
    return show(request, "drills/drill.html", _context(access, found), part="live")


@page(right=Right.INVITE, methods=POST)
def stop(request: HttpRequest, access: Access, drill_id: UUID) -> HttpResponse:
    found = selectors.drill_of(access.workspace.pk, drill_id)
    end(access, found, now=clock.now())
    messages.success(request, _now("The drill is over. Its times stay here."))
    return go(request, "drill", access.workspace.slug, drill_id)


def drills_waiting(person: Person, mine: Sequence[Access], now: datetime) -> Iterable[Waiting]:
    """For the home page: drills that go on, in which this person takes part."""
    del person, now
    here = [one.workspace.pk for one in mine if one.workspace.drill]
    found = selectors.running_among(here) if here else []
    items = tuple(
        Item(title=one.workspace.name, url=_url(one), note=_name(one), at=one.created_at)
        for one in found
    )
    return (Waiting(_now("Drills that go on"), "life-buoy", items, calm=True),)


def _context(access: Access, found: Drill) -> dict[str, Any]:
    language = get_language() or "en"
    script = selectors.script_of(found)
    now = clock.now()
    gone = selectors.clock_of(found, found.ended_at or now)
    case = script.case
    return {
        "drill": found,
        "name": said(script.name, language),
        "about": said(script.about, language),
        "clock": "" if gone is None else str(round(gone)),
        "of": script.minutes,
        "over": gone is not None and gone > script.minutes,
        "posts": script.posts,
        "progress": selectors.progress(found),
        "steps": list(_steps(found)),
        "case": case and said(case.title, language),
        "facts": [(one.minute, said(one.text, language)) for one in case.facts] if case else [],
        "sources": case.sources if case else (),
        "may_end": access.may(Right.INVITE) and found.state != "ended",
        "area": "incidents",
    }


def _steps(found: Drill) -> Iterator[dict[str, Any]]:
    for step in times(found):
        yield {
            "word": STEPS[step.name],
            "code": step.fact,
            "at": step.at,
            "fact": FACTS.get(step.fact, ""),
            "minutes": "" if step.minutes is None else minutes(step.minutes),
            "seconds": "" if step.seconds is None else duration(step.seconds),
            "theirs": "" if step.theirs is None else minutes(step.theirs),
        }


def _line(one: Drill) -> tuple[Drill, str, str]:
    return one, _name(one), _url(one)


def _name(one: Drill) -> str:
    return said(selectors.script_of(one).name, get_language() or "en")


def _url(one: Drill) -> str:
    return reverse("drill", args=[one.workspace.slug, one.pk])


urlpatterns = [
    path("", drills, name="drills"),
    path("new/", new, name="drill-new"),
    path("<uuid:drill_id>/", drill, name="drill"),
    path("<uuid:drill_id>/end/", stop, name="drill-end"),
]
