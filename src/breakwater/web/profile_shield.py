"""What a person wants to be spared, and what they opened: theirs alone to choose and to see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.shield import Level, Shield
from breakwater.people.models import Person
from breakwater.people.selectors import workspaces_of
from breakwater.web.inbox_words import LEVELS
from breakwater.web.page import FORM, go, own_page, show
from breakwater.web.shield_words import CHOICES, examples
from breakwater.wellbeing.selectors import default_of, opened_by, own_of, shield_of
from breakwater.wellbeing.services import set_own

_AS_THERE = ("", _("As each workspace says"))
_WEEK = timedelta(days=7)


class OwnForm(forms.Form):
    level = forms.ChoiceField(
        label=_("Veil"), choices=[_AS_THERE, *CHOICES], widget=forms.RadioSelect, required=False
    )
    unscored = forms.ChoiceField(
        label=_("What nobody could score"),
        choices=[_AS_THERE, ("veil", _("Veil it")), ("show", _("Show it"))],
        widget=forms.RadioSelect,
        required=False,
    )
    pictures = forms.ChoiceField(
        label=_("Pictures and films of strangers"),
        choices=[_AS_THERE, ("veil", _("Veil them")), ("show", _("Show them"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def keep(self, person: Person) -> None:
        said = self.cleaned_data
        set_own(
            person,
            level=Level(int(said["level"])) if said["level"] else None,
            unscored=_chosen(said["unscored"]),
            media=_chosen(said["pictures"]),
            now=clock.now(),
        )


@dataclass(frozen=True)
class There:
    """What the person is spared in one workspace. bound: where it lets nobody choose so mildly."""

    name: str
    veils: str | Promise
    shield: Shield
    bound: bool


@own_page(FORM)
def shield(request: HttpRequest, person: Person) -> HttpResponse:
    form = OwnForm(request.POST or None, initial=_first(person))
    if request.method == "POST" and form.is_valid():
        form.keep(person)
        messages.success(request, _now("Saved. It counts at once, and nobody is told."))
        return go(request, "profile-shield")
    today = _midnight(clock.now())
    context = {
        "form": form,
        "examples": examples(),
        "places": _places(person),
        "today": opened_by(person, since=today),
        "week": opened_by(person, since=today - _WEEK + timedelta(days=1)),
    }
    return show(request, "people/shield.html", context, status=400 if form.errors else 200)


def _places(person: Person) -> list[There]:
    own = own_of(person)
    found = []
    for workspace in workspaces_of(person):
        mine = shield_of(person, workspace.pk)
        loosest = default_of(workspace.pk).loosest
        bound = own is not None and own.level is not None and own.level < loosest
        found.append(There(workspace.name, LEVELS[mine.level], mine, bound))
    return found


def _first(person: Person) -> dict[str, Any]:
    own = own_of(person)
    if own is None:
        return {"level": "", "unscored": "", "pictures": ""}
    level = "" if own.level is None else str(own.level)
    return {"level": level, "unscored": _said(own.unscored), "pictures": _said(own.media)}


def _said(chosen: bool | None) -> str:
    return {None: "", True: "veil", False: "show"}[chosen]


def _chosen(said: str) -> bool | None:
    return {"": None, "veil": True, "show": False}[said]


def _midnight(now: datetime) -> datetime:
    """Where the reader is."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
