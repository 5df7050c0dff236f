"""What is done about a pause: closing more, making it smaller, looking again, ending it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain import walltime
from breakwater.domain.errors import StaleState
from breakwater.pauses import selectors
from breakwater.pauses.barriers import CLOSABLE
from breakwater.pauses.models import Pause
from breakwater.pauses.services.pausing import (
    WHY_CHARACTERS,
    ask_second,
    close_more,
    pause_all,
    reevaluate,
)
from breakwater.pauses.services.resuming import (
    Resumed,
    Scope,
    narrow,
    resume_all,
    scope_of,
    to_daily,
)
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, go, page, show
from breakwater.web.pause_words import OPEN

_LATER = timedelta(days=1)
_DESPITE = ("lines_undecided", "look_first")
"""What a pause ends against only if whoever ends it says so and why."""


@dataclass(frozen=True)
class _Asked:
    """A question on a page of its own. said: what will happen, line by line."""

    title: str | Promise
    said: Sequence[str | Promise]
    deed: str | Promise


class CloseForm(forms.Form):
    closed = forms.MultipleChoiceField(
        label=_("Hold back as well"), choices=list(OPEN.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    second = forms.BooleanField(
        required=False,
        label=_("Each decision of the review needs a second person"),
    )


class NarrowForm(forms.Form):
    channels = forms.MultipleChoiceField(
        label=_("Channels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    labels = forms.CharField(
        label=_("Labels"), required=False, max_length=1000,
        help_text=_("Separated by commas, as on the posts."),
    )  # fmt: skip
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label=_("Why?"), max_length=WHY_CHARACTERS, required=False)
    despite = forms.BooleanField(
        required=False,
        label=_("Narrow it although something is undecided, or the time to look again is over"),
    )

    def __init__(self, access: Access, data: QueryDict | None = None) -> None:
        super().__init__(data)
        every = list(channels(access.workspace.pk))
        lands = sorted({one.country for one in every if one.country})
        self.fields["channels"].choices = [(str(one.pk), str(one)) for one in every]  # type: ignore[attr-defined]
        self.fields["countries"].choices = [(one, one) for one in lands]  # type: ignore[attr-defined]
        if not lands:
            del self.fields["countries"]

    def scope(self, access: Access) -> Scope:
        said = self.cleaned_data
        names = [one.strip() for one in said["labels"].split(",") if one.strip()]
        own = [UUID(one) for one in said["channels"]]
        return scope_of(access.workspace.pk, own, names, said.get("countries", []))


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why?"), max_length=WHY_CHARACTERS)


class LookForm(WhyForm):
    at = forms.DateTimeField(
        label=_("Look again at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class ResumeForm(forms.Form):
    why = forms.CharField(label=_("Why?"), max_length=WHY_CHARACTERS, required=False)
    despite = forms.BooleanField(
        required=False,
        label=_("End it although something is undecided, or the time to look again is over"),
    )


@page(right=Right.PAUSE, methods=FORM)
def close(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """What named persons and rules may still do is held too, and a second person is asked for."""
    row = selectors.pause_of(access.workspace.pk, pause_id)
    form = CloseForm(_typed(request), initial={"closed": row.closed})
    asked = _Asked(
        _("Hold back more?"),
        [
            _("Deleting is never held back: it makes things better."),
            _("What is closed here opens when the pause ends."),
        ],
        _("Hold it back"),
    )

    def deed() -> str:
        what = [one for one in CLOSABLE if one in form.cleaned_data["closed"]]
        close_more(access, row, what, now=clock.now())
        if form.cleaned_data["second"]:
            ask_second(access, row, now=clock.now())
        return _now("It is held back.")

    return _answer(request, access, row, form, asked, deed)


@page(right=Right.RESUME, methods=FORM)
def narrowed(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    row = selectors.pause_of(access.workspace.pk, pause_id)
    form = NarrowForm(access, _typed(request))
    asked = _Asked(
        _("What stays paused?"),
        [
            _("Only what you choose stays paused; a post that has one of these."),
            _("Every other post that lies ahead leaves at its time again."),
            _("What rules and programs say stays held until the pause ends."),
            _("What was late meanwhile is not sent: it asks a person first."),
        ],
        _("Narrow the pause"),
    )

    def deed() -> str:
        said = form.cleaned_data
        done = narrow(
            access, row, form.scope(access), why=said["why"], despite=said["despite"],
            now=clock.now(),
        )  # fmt: skip
        return _said(done)

    return _answer(request, access, row, form, asked, deed)


@page(right=Right.RESUME, methods=FORM)
def look(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    row = selectors.pause_of(access.workspace.pk, pause_id)
    zone = access.workspace.zone
    first = walltime.local(max(row.reevaluate_at, clock.now()) + _LATER, zone)
    form = LookForm(_typed(request), initial={"at": first})
    asked = _Asked(
        _("When do you look again?"),
        [_("You have looked now, and everything stays as it is until you look again.")],
        _("Keep it"),
    )

    def deed() -> str:
        at = _instant(form.cleaned_data["at"], zone)
        reevaluate(access, row, at, form.cleaned_data["why"], now=clock.now())
        return _now("Noted.")

    return _answer(request, access, row, form, asked, deed)


@page(right=Right.RESUME, methods=FORM)
def mode(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """Everything becomes day by day, or day by day everything; the latter is what the button does."""
    row = selectors.pause_of(access.workspace.pk, pause_id)
    form = WhyForm(_typed(request))
    daily = row.mode != "daily"
    asked = _Asked(_("Go on day by day?"), [
        _("A post leaves only on a day for which somebody has confirmed it."),
        _("Nothing is free by that alone: the posts of today are confirmed one by one."),
    ], _("Day by day")) if daily else _Asked(_("Pause everything again?"), [
        _("Nothing leaves any more, confirmed or not."),
    ], _("Pause everything"))  # fmt: skip

    def deed() -> str:
        if daily:
            to_daily(access, row, form.cleaned_data["why"], now=clock.now())
            return _now("From now on it goes day by day.")
        pause_all(access, form.cleaned_data["why"], via="page", now=clock.now())
        return _now("Nothing more leaves.")

    return _answer(request, access, row, form, asked, deed)


@page(right=Right.RESUME, methods=FORM)
def resume(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """What will happen is said first."""
    row = selectors.pause_of(access.workspace.pk, pause_id)
    form = ResumeForm(_typed(request))
    asked = _Asked(
        _("End the pause?"),
        [
            _("What lies ahead leaves at its time."),
            _("What was late is not sent: each post asks, and can be given another time."),
            _("Rules and programs answer again. What rules wanted to say meanwhile is dropped."),
            _("Everybody who was told that it began is told that it has ended."),
        ],
        _("End the pause"),
    )

    def deed() -> str:
        said = form.cleaned_data
        done = resume_all(
            access, row, why=said["why"], despite_undecided=said["despite"], now=clock.now()
        )
        return _said(done)

    return _answer(request, access, row, form, asked, deed)


def _typed(request: HttpRequest) -> QueryDict | None:
    """Also where nothing was ticked."""
    return request.POST if request.method == "POST" else None


def _answer(
    request: HttpRequest,
    access: Access,
    row: Pause,
    form: forms.Form,
    asked: _Asked,
    deed: Callable[[], str],
) -> HttpResponse:
    """The question, or back to the pause with what was done."""
    if request.method == "POST" and form.is_valid():
        try:
            said = attempt(form, deed)
        except StaleState as error:
            if error.code not in _DESPITE:
                raise
            form.add_error("despite", say(error))
            said = None
        if said is not None:
            messages.success(request, said)
            return go(request, "pause", access.workspace.slug, row.pk)
    context = {"pause": row, "form": form, "asked": asked, "area": "pauses"}
    return show(request, "pauses/deed.html", context, status=400 if form.errors else 200)


def _instant(wall: datetime, zone: str) -> datetime:
    """What was typed is the workspace's wall, whatever zone the reader is in."""
    return walltime.plan(wall.replace(tzinfo=None), zone).instant


def _said(done: Resumed) -> str:
    first = _now("Done. What lies ahead leaves at its time.")
    if not done.asks:
        return first
    more = ngettext("%(n)s post was late and asks first.", "%(n)s posts were late and ask first.",
                    done.asks) % {"n": done.asks}  # fmt: skip
    return f"{first} {more}"


urlpatterns = [
    path("<uuid:pause_id>/close/", close, name="pause-close"),
    path("<uuid:pause_id>/narrow/", narrowed, name="pause-narrow"),
    path("<uuid:pause_id>/reevaluate/", look, name="pause-reevaluate"),
    path("<uuid:pause_id>/mode/", mode, name="pause-mode"),
    path("<uuid:pause_id>/resume/", resume, name="pause-resume"),
]
