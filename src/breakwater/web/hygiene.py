"""How well an account is locked and who can get into it, as people declare it; the yearly drill."""

import json
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.channels.models import Channel
from breakwater.channels.selectors import channel_of
from breakwater.core import clock
from breakwater.hygiene import selectors, services
from breakwater.hygiene.models import NO, UNKNOWN, YES, Holder, Posture, YearlyDrill
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "channels/hygiene.html"
_SAID = [(YES, _("Yes")), (NO, _("No")), (UNKNOWN, pgettext_lazy("fact", "Not known"))]
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _asked(label: Any, help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=_SAID, widget=forms.RadioSelect, initial=UNKNOWN
    )


class PostureForm(forms.Form):
    unique_password = _asked(
        _("Is its password used nowhere else?"),
        _("A password that another service lost is tried on every network within hours."),
    )
    in_manager = _asked(
        _("Is it kept in a password manager?"),
        _("Then nobody has it in a mail or a table, and it can be changed in a minute."),
    )
    mfa = _asked(
        _("Does signing in need a second factor?"),
        _("An app or a key rather than a text message, and not on one person's phone alone."),
    )


class HolderForm(forms.Form):
    name = forms.CharField(label=_("Who"), max_length=100)
    kind = forms.ChoiceField(
        label=_("From where?"),
        choices=[("staff", _("One of ours")), ("agency", _("An agency"))],
        widget=forms.RadioSelect,
        initial="staff",
    )
    ends_on = forms.DateField(
        label=_("Access ends on"), help_text=_("Of an agency: the last day of the contract."), widget=_DAY,
        required=False,
    )  # fmt: skip


class DrillForm(forms.Form):
    done_on = forms.DateField(label=_("We practised on"), widget=_DAY)


@page(right=Right.SEE)
def hygiene(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = channel_of(access.workspace.pk, channel_id)
    return show(request, PAGE, _context(access, channel))


@page(right=Right.CONNECT, methods=POST)
def declare(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """What somebody knows of the account is kept, with their name and the day."""
    channel = channel_of(access.workspace.pk, channel_id)
    form = PostureForm(request.POST)
    if form.is_valid():
        services.declare(access, channel.pk, **form.cleaned_data, now=clock.now())
        messages.success(request, _now("Saved. You are asked again in three months."))
        return go(request, "hygiene", access.workspace.slug, channel.pk)
    return show(request, PAGE, _context(access, channel, posture=form), status=400)


@page(right=Right.CONNECT, methods=POST)
def add(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = channel_of(access.workspace.pk, channel_id)
    form = HolderForm(request.POST)
    if form.is_valid() and attempt(form, lambda: _added(access, channel, form)) is not None:
        messages.success(request, _now("It is on the list."))
        return go(request, "hygiene", access.workspace.slug, channel.pk)
    return show(request, PAGE, _context(access, channel, holder=form), status=400)


@page(right=Right.CONNECT, methods=POST)
def ended(request: HttpRequest, access: Access, channel_id: UUID, holder_id: UUID) -> HttpResponse:
    services.end_holder(access, channel_id, holder_id, now=clock.now())
    messages.success(request, _now("It is off the list."))
    return go(request, "hygiene", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=FORM)
def drilled(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """The whole workspace practised on a day."""
    channel = channel_of(access.workspace.pk, channel_id)
    if request.method != "POST":
        return go(request, "hygiene", access.workspace.slug, channel.pk)
    form = DrillForm(request.POST)
    if form.is_valid() and attempt(form, lambda: _noted(access, form)) is not None:
        messages.success(request, _now("Saved. You are asked again in a year."))
        return go(request, "hygiene", access.workspace.slug, channel.pk)
    return show(request, PAGE, _context(access, channel, drill=form), status=400)


def _added(access: Access, channel: Channel, form: HolderForm) -> Holder:
    return services.add_holder(access, channel.pk, **form.cleaned_data, now=clock.now())


def _noted(access: Access, form: DrillForm) -> YearlyDrill:
    return services.note_drill(access, form.cleaned_data["done_on"], now=clock.now())


def _context(
    access: Access,
    channel: Channel,
    *,
    posture: PostureForm | None = None,
    holder: HolderForm | None = None,
    drill: DrillForm | None = None,
) -> dict[str, Any]:
    said = selectors.posture_of(channel)
    rows = list(selectors.holders_of(channel))
    today = clock.now().astimezone(ZoneInfo(access.workspace.zone)).date()
    late = {row.pk for row in selectors.overdue(rows, today)}
    return {
        "channel": channel,
        "said": said,
        "answers": _answers(said) if said else [],
        "off": said is not None and said.mfa == NO,
        "holders": [_line(row, late=row.pk in late) for row in rows],
        "late": len(late),
        "last_drill": selectors.last_drill(access.workspace.pk),
        "may_change": access.may(Right.CONNECT),
        "posture": posture or PostureForm(initial=_initial(said)),
        "holder": holder or HolderForm(),
        "drill": drill or DrillForm(),
        "known": json.dumps([channel.handle, channel.name, access.workspace.name]),
        "strengths": json.dumps([str(one) for one in STRENGTHS], ensure_ascii=False),
        "area": "channels",
    }


STRENGTHS = (
    _("Guessed at once. Do not use it."),
    _("Guessed within hours. Do not use it."),
    _("Guessed by somebody who tries in earnest. Make it longer."),
    _("Hard to guess. With a second factor it is good enough."),
    _("Very hard to guess. Use it for this account alone."),
)


def _answers(said: Posture) -> list[tuple[Any, Any]]:
    words = dict(_SAID)
    fields = PostureForm.base_fields
    return [(field.label, words[getattr(said, name)]) for name, field in fields.items()]


def _initial(said: Posture | None) -> dict[str, str]:
    if said is None:
        return {}
    return {name: getattr(said, name) for name in PostureForm.base_fields}


def _line(row: Holder, *, late: bool) -> dict[str, Any]:
    kinds = dict(HolderForm.base_fields["kind"].choices)  # type: ignore[attr-defined]
    return {"row": row, "kind": kinds[row.kind], "late": late}


urlpatterns = [
    path("<uuid:channel_id>/hygiene/", hygiene, name="hygiene"),
    path("<uuid:channel_id>/hygiene/declare/", declare, name="hygiene-declare"),
    path("<uuid:channel_id>/hygiene/people/", add, name="hygiene-holder-add"),
    path(
        "<uuid:channel_id>/hygiene/people/<uuid:holder_id>/ended/",
        ended,
        name="hygiene-holder-ended",
    ),
    path("<uuid:channel_id>/hygiene/drill/", drilled, name="hygiene-drill"),
]
