"""How conversations are shared out, and the agreed rota: who answers when."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.inbox import desk
from breakwater.inbox.rotas import rota_of
from breakwater.inbox.services import setups
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.forms import attempt
from breakwater.web.inbox_views import LANGUAGES
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "inbox/setup-rota.html"
MODES = (
    ("hand", _("By hand: everybody takes what they answer")),
    ("round", _("In turn, to everybody who may answer")),
    ("language", _("To those who speak the language, in turn")),
    ("rota", _("To those on the rota below, in turn; out of its hours to whoever is on next")),
)
WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ModeForm(forms.Form):
    mode = forms.ChoiceField(
        label=_("Who gets a new conversation?"), choices=MODES, widget=forms.RadioSelect
    )


class ShiftForm(forms.Form):
    person = forms.ChoiceField(label=_("Who"))
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int, choices=list(enumerate(WEEKDAYS))
    )
    starts = forms.TimeField(label=_("From"), widget=_CLOCK)
    ends = forms.TimeField(
        label=_("Until"), widget=_CLOCK, help_text=_("A time before the first is on the next day.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("None means any."),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    duty = forms.BooleanField(
        label=_("On duty: is told of threats and of people in danger"), required=False
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = with_right(access.workspace.pk, Right.ANSWER)
        self.fields["person"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]

    def shift(self) -> setups.Shift:
        said = self.cleaned_data
        return setups.Shift(
            UUID(said["person"]), said["weekday"], f"{said['starts']:%H:%M}",
            f"{said['ends']:%H:%M}", said["languages"], said["duty"],
        )  # fmt: skip


@page(right=Right.INVITE)
def rota(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access))


@page(right=Right.INVITE, methods=POST)
def mode(request: HttpRequest, access: Access) -> HttpResponse:
    setups.share_out(access, request.POST.get("mode", ""), now=clock.now())
    messages.success(request, _now("New conversations are shared out so from now on."))
    return go(request, "inbox-setup-rota", access.workspace.slug)


@page(right=Right.INVITE, methods=FORM)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    """A line of the rota, or the page says what was wrong with it."""
    if request.method != "POST":
        return go(request, "inbox-setup-rota", access.workspace.slug)
    form = ShiftForm(access, request.POST)
    if form.is_valid():
        made = attempt(form, lambda: setups.add_shift(access, form.shift(), now=clock.now()))
        if made is not None:
            messages.success(request, _now("It is on the rota."))
            return go(request, "inbox-setup-rota", access.workspace.slug)
    return show(request, PAGE, _context(access, form), status=400)


@page(right=Right.INVITE, methods=POST)
def remove(request: HttpRequest, access: Access, shift_id: UUID) -> HttpResponse:
    setups.remove_shift(access, shift_id, now=clock.now())
    messages.success(request, _now("It is off the rota."))
    return go(request, "inbox-setup-rota", access.workspace.slug)


def _context(access: Access, form: ShiftForm | None = None) -> dict[str, Any]:
    return {
        "mode_form": ModeForm(initial={"mode": desk.setup_of(access.workspace).assigning}),
        "form": form or ShiftForm(access),
        "shifts": [
            {
                "row": one,
                "day": WEEKDAYS[one.weekday],
                "languages": ", ".join(str(LANGUAGES.get(each, each)) for each in one.languages),
            }
            for one in rota_of(access.workspace.pk)
        ],
        "area": "inbox",
    }


urlpatterns = [
    path("", rota, name="inbox-setup-rota"),
    path("mode/", mode, name="inbox-setup-mode"),
    path("shifts/", add, name="inbox-setup-shift"),
    path("shifts/<uuid:shift_id>/remove/", remove, name="inbox-setup-shift-remove"),
]
