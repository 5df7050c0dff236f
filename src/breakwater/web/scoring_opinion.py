"""Whom this workspace asks for a second opinion, what it costs, and how it goes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.core.money import MICROS, dollars
from breakwater.domain.errors import NotFound
from breakwater.domain.scoring.opinions import HIGHEST, LOWEST
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scorers.base import Plugin
from breakwater.scoring.installed import plugins
from breakwater.scoring.models import OpinionSetup
from breakwater.scoring.services.setups import MOST_DAILY, Wish, set_up, switch_off
from breakwater.scoring.standing import Standing, standing_of
from breakwater.web.forms import attempt
from breakwater.web.manifest_words import translated
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.scoring_words import area

PAGE = "scoring/opinion.html"
_CHANCE = {"min_value": LOWEST, "max_value": HIGHEST, "localize": True}


class SetupForm(forms.Form):
    """The fields of the plug-in stand before those of every plug-in."""

    low = forms.FloatField(label=_("Unsure from"), initial=LOWEST, **_CHANCE)  # type: ignore[arg-type]
    high = forms.FloatField(label=_("to"), initial=HIGHEST, **_CHANCE)  # type: ignore[arg-type]
    daily = forms.IntegerField(
        label=_("Calls a day, at most"), initial=500, min_value=1, max_value=MOST_DAILY
    )
    most = forms.IntegerField(
        label=_("Texts a call, at most"), initial=16, min_value=1, max_value=64
    )
    price = forms.DecimalField(
        label=_("What 1,000 texts cost, in US dollars"),
        help_text=_("As you reckon it, to be shown here."),
        initial=0,
        min_value=0,
        max_value=1000,
        decimal_places=6,
        localize=True,
    )

    def __init__(self, *args: Any, plugin: Plugin, kept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plugin = plugin
        own = {
            one.name: _field(one.label, one.help, one.secret, one.needed, kept)
            for one in plugin.fields
        }
        self.fields = {**own, **self.fields}
        if plugin.most == 1:
            del self.fields["most"]

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(
            scorer=self.plugin.id,
            values={one.name: said.get(one.name, "") for one in self.plugin.fields},
            low=said["low"],
            high=said["high"],
            daily=said["daily"],
            micros=int(said["price"] * MICROS),
            most=said.get("most", 1),
        )


@page(right=Right.INVITE)
def opinion(request: HttpRequest, access: Access) -> HttpResponse:
    """Who is asked now; else, or to change it, who can be."""
    found = standing_of(access.workspace.pk, now=clock.now())
    return show(request, PAGE, _context(access, found))


@page(right=Right.INVITE, methods=FORM)
def setup(request: HttpRequest, access: Access, scorer: str) -> HttpResponse:
    """The form of one plug-in; kept, or what is wrong is said beside its field."""
    plugin = plugins().get(scorer)
    if plugin is None:
        raise NotFound(what="scorer")
    found = standing_of(access.workspace.pk, now=clock.now())
    kept = found.setup is not None and found.plugin is plugin
    first = _initial(found) if kept else {}
    form = SetupForm(request.POST or None, plugin=plugin, kept=kept, initial=first)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: set_up(access, form.wish(), now=clock.now()))
        if made is not None:
            messages.success(request, _now("From now on a second opinion is asked for."))
            return go(request, "scoring-opinion", access.workspace.slug)
    context = {**_context(access, found), "form": form, "chosen": _shown(plugin)}
    return show(request, PAGE, context, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=POST)
def off(request: HttpRequest, access: Access) -> HttpResponse:
    switch_off(access, now=clock.now())
    messages.success(request, _now("Nobody is asked any more. The key is forgotten."))
    return go(request, "scoring-opinion", access.workspace.slug)


def _context(access: Access, found: Standing) -> dict[str, Any]:
    row = found.setup
    return {
        "standing": found,
        "asked": _shown(found.plugin) if found.plugin else None,
        "cost": dollars(found.micros) if found.micros else "",
        "trouble": sentence(row.trouble) if row and row.trouble else "",
        "plugins": [_shown(one) for one in plugins().values()],
        "low": LOWEST,
        "high": HIGHEST,
        "area": area(access),
    }


def _shown(plugin: Plugin) -> dict[str, Any]:
    return {"id": plugin.id, "name": translated(plugin.name), "leaves": plugin.needs_network}


def _initial(found: Standing) -> dict[str, Any]:
    row = found.setup
    assert isinstance(row, OpinionSetup)
    price = (Decimal(row.micros) / MICROS).normalize()
    own = {"low": row.low, "high": row.high, "daily": row.daily, "most": row.most, "price": price}
    return {**own, **found.values}


def _field(label: str, help_text: str, secret: bool, needed: bool, kept: bool) -> forms.CharField:
    hint = translated(help_text)
    if secret and kept:
        hint = _now("Leave it empty to keep the one that is there.")
    widget = forms.PasswordInput(attrs={"autocomplete": "off"}) if secret else forms.TextInput()
    return forms.CharField(
        label=translated(label),
        help_text=hint,
        required=needed and not (secret and kept),
        max_length=500,
        widget=widget,
    )


urlpatterns = [
    path("", opinion, name="scoring-opinion"),
    path("off/", off, name="scoring-opinion-off"),
    path("<slug:scorer>/", setup, name="scoring-opinion-setup"),
]
