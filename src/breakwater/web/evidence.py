"""What is kept of posts: a list without words, one capture, and what a person may do with it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.evidence import selectors
from breakwater.evidence.blackout import ADDRESSES, AVATARS, HANDLES, KINDS, NAMES, TEXTS
from breakwater.evidence.copying import Cut
from breakwater.evidence.models import Capture
from breakwater.evidence.reading import look_at
from breakwater.evidence.services import ask_again, keep_it, minor, sign
from breakwater.evidence.services.copying import WORDS_MAX, copy_for_others
from breakwater.evidence.services.exporting import export as exported
from breakwater.evidence.services.retention import YEARS, hold_on, set_years
from breakwater.inbox import helplines
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.asked import click
from breakwater.web.capture_words import LOOKS, OUTCOMES, ROUNDS, lacks, look_of, stamp_look
from breakwater.web.forms import attempt
from breakwater.web.inbox_filters import moment_of
from breakwater.web.numbers import number
from breakwater.web.page import FORM, POST, go, page, show

ONE = "evidence/capture.html"


class SignForm(forms.Form):
    why = forms.CharField(
        label=_("Why may it be deleted although not everything of it could be kept?"),
        max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HoldForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it still needed?"), max_length=500, required=False,
        help_text=_("As long as something stands here, it is kept. Empty: until its day."),
    )  # fmt: skip


class CopyForm(forms.Form):
    why = forms.CharField(label=_("Whom is it for, and what for?"), max_length=500)
    kinds = forms.MultipleChoiceField(
        label=_("Black out, of others"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            (NAMES, _("Names")), (HANDLES, _("Handles and ids")),
            (AVATARS, _("Portraits and where they are")),
            (ADDRESSES, _("Addresses and what leads to them")),
            (TEXTS, _("What they wrote, and all that is not known to be ours")),
        ],
        initial=KINDS,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Further words that go, wherever they stand"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000,
        help_text=_("One in each line: names that stand in the post’s own text, for instance."),
    )  # fmt: skip
    pictures = forms.BooleanField(
        label=_("The pictures and films of the post are in it"),
        required=False,
        help_text=_("No machine looks for faces in them: look at each before it leaves."),
    )

    def cut(self) -> Cut:
        said = [one.strip() for one in self.cleaned_data["words"].splitlines()]
        words = tuple(one for one in said if one)[: WORDS_MAX + 1]
        return Cut(frozenset(self.cleaned_data["kinds"]), self.cleaned_data["pictures"], words)


class YearsForm(forms.Form):
    years = forms.TypedChoiceField(
        label=_("Years that evidence is kept"), coerce=int,
        choices=[(one, str(one)) for one in YEARS],
        help_text=_("For what is kept from now on."),
    )  # fmt: skip


@page(right=Right.RESPOND)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    before, below = moment_of(request.GET.get("before", "")), number(request.GET.get("below", ""))
    rows = selectors.newest(access.workspace.pk, before=before, below=below)
    head = selectors.head_of(access.workspace.pk)
    context = {
        "rows": [(row, look_of(row)) for row in rows],
        "more": _further(rows[-1]) if len(rows) == selectors.PAGE else "",
        "head": head,
        "form": YearsForm({"years": head.years}) if access.may(Right.INVITE) else None,
        "area": "incidents",
    }
    return show(request, "evidence/list.html", context)


def _further(last: Capture) -> str:
    """What the address of the next page asks for."""
    if last.number is not None:
        return urlencode({"below": last.number})
    return urlencode({"before": last.created_at.isoformat()})


@page(right=Right.INVITE, methods=POST)
def years(request: HttpRequest, access: Access) -> HttpResponse:
    form = YearsForm(request.POST)
    if form.is_valid():
        set_years(access, form.cleaned_data["years"], now=clock.now())
        messages.success(request, _now("Noted."))
    return go(request, "evidence", access.workspace.slug)


@page(right=Right.RESPOND)
def one(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    row = selectors.capture_of(access.workspace.pk, capture_id)
    return show(request, ONE, _context(access, row))


@page(right=Right.RESPOND, methods=POST)
def look(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    """What was kept, in a page of its own: an exposure, and a fact."""
    row = selectors.capture_of(access.workspace.pk, capture_id)
    shown = look_at(access, row, request=click(request.POST), now=clock.now())
    context = {"capture": row, "shown": shown, "area": "incidents"}
    return show(request, "evidence/opened.html", context)


@page(right=Right.RESPOND, methods=POST)
def export(_request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    row = selectors.capture_of(access.workspace.pk, capture_id)
    data = exported(access, row, now=clock.now())
    return _zip(data, f"evidence-{access.workspace.slug}-{row.number}.zip")


@page(right=Right.RESPOND, methods=FORM)
def copied(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    """A copy for somebody outside, without what is of third parties."""
    row = selectors.capture_of(access.workspace.pk, capture_id)
    form = CopyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]

        def deed() -> bytes:
            return copy_for_others(access, row, form.cut(), why, now=clock.now())

        if data := attempt(form, deed):
            return _zip(data, f"evidence-{access.workspace.slug}-{row.number}-copy.zip")
    context = {"capture": row, "form": form, "area": "incidents"}
    return show(request, "evidence/copy.html", context, status=400 if form.is_bound else 200)


@page(right=Right.RESPOND, methods=POST)
def again(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    row = selectors.capture_of(access.workspace.pk, capture_id)
    ask_again(access, row, now=clock.now())
    messages.success(request, _now("It is taken once more, now."))
    return go(request, "evidence-one", access.workspace.slug, row.pk)


@page(right=Right.RESPOND, methods=POST)
def signed(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    row = selectors.capture_of(access.workspace.pk, capture_id)
    form = SignForm(request.POST, auto_id="sign_%s")
    if form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: sign(access, row, why, now=clock.now())):
            messages.success(request, _now("Signed, with your name. It may be deleted now."))
            return go(request, "evidence-one", access.workspace.slug, row.pk)
    return show(request, ONE, _context(access, row, sign_form=form), status=400)


@page(right=Right.RESPOND, methods=POST)
def held(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    row = selectors.capture_of(access.workspace.pk, capture_id)
    form = HoldForm(request.POST, auto_id="hold_%s")
    if not form.is_valid():
        return show(request, ONE, _context(access, row, hold_form=form), status=400)
    hold_on(access, row, form.cleaned_data["why"], now=clock.now())
    messages.success(request, _now("Noted."))
    return go(request, "evidence-one", access.workspace.slug, row.pk)


@page(right=Right.RESPOND, methods=FORM)
def minors(request: HttpRequest, access: Access, capture_id: UUID) -> HttpResponse:
    """It is asked about first, and somebody else answers: nothing brings back what goes."""
    row = selectors.capture_of(access.workspace.pk, capture_id)
    if request.method != "POST":
        doubt = selectors.doubt_about(row)
        mine = doubt is not None and doubt.asked_by == access.person
        context = {"capture": row, "doubt": doubt, "asked_it": mine, "area": "incidents"}
        return show(request, "evidence/minor.html", context)
    if request.POST.get("answer") == "no":
        keep_it(access, row, now=clock.now())
        messages.success(request, _now("It stays, and may be opened again."))
    elif minor(access, row, now=clock.now()).address_only:
        messages.success(
            request, _now("Its address is kept, and nothing else of it is here any more.")
        )
    else:
        messages.success(request, _now("Nobody opens it now. Somebody else has to say yes."))
    return go(request, "evidence-one", access.workspace.slug, row.pk)


def _zip(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _context(
    access: Access,
    row: Capture,
    *,
    sign_form: forms.Form | None = None,
    hold_form: forms.Form | None = None,
) -> dict[str, Any]:
    workspace = access.workspace.pk
    here = row.blob and not row.shredded_at
    paths = helplines.lines(workspace, helplines.country_of(workspace), helplines.REPORT)
    return {
        "capture": row,
        "state": look_of(row),
        "lacks": lacks(row.missing),
        "here": here,
        "opens": here and not row.address_only,
        "stamp": stamp_look(selectors.stamp_of(row), asked=bool(settings.TIMESTAMP_URL)),
        "signatures": selectors.signatures(row),
        "absences": [
            (ROUNDS[one.round], one, OUTCOMES[one.outcome]) for one in selectors.absences_of(row)
        ],
        "looks": [(one, LOOKS[one.what]) for one in selectors.looks(row)],
        "doubt": selectors.doubt_about(row),
        "copies": selectors.copies(row),
        "wants_word": row.state in ("partial", "failed"),
        "under_way": row.state in ("asked", "taking"),
        "paths": paths if row.address_only else [],
        "request_id": new_id(),
        "sign_form": sign_form or SignForm(auto_id="sign_%s"),
        "hold_form": hold_form or HoldForm({"why": row.held_why}, auto_id="hold_%s"),
        "area": "incidents",
    }


urlpatterns = [
    path("", listed, name="evidence"),
    path("years/", years, name="evidence-years"),
    path("<uuid:capture_id>/", one, name="evidence-one"),
    path("<uuid:capture_id>/open/", look, name="evidence-open"),
    path("<uuid:capture_id>/export/", export, name="evidence-export"),
    path("<uuid:capture_id>/copy/", copied, name="evidence-copy"),
    path("<uuid:capture_id>/again/", again, name="evidence-again"),
    path("<uuid:capture_id>/sign/", signed, name="evidence-sign"),
    path("<uuid:capture_id>/hold/", held, name="evidence-hold"),
    path("<uuid:capture_id>/minor/", minors, name="evidence-minor"),
]
