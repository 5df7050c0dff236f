"""The event watch: what may be a reason to pause, the news feeds, the days of mourning. It proposes;
people pause."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.pauses.days import days_of
from breakwater.pauses.models import Feed, Signal
from breakwater.pauses.services import feeds as service
from breakwater.pauses.services import keeping_days, watching
from breakwater.pauses.watching import feeds_of, signals_of
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import watch_words as words
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show

WATCH, FEEDS, DAYS = "watch/watch.html", "watch/feeds.html", "watch/days.html"


class TapForm(forms.Form):
    what = forms.CharField(
        label=_("What has happened?"),
        help_text=_("Those who may pause are told. Nothing is paused by this."),
        max_length=500,
    )


class DismissForm(forms.Form):
    why = forms.CharField(label=_("Why it is no reason to pause"), max_length=500)


class FeedForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the feed"),
        help_text=_("RSS or Atom. It is asked every ten minutes, from this server’s address."),
        max_length=1000,
    )
    name = forms.CharField(label=_("Name"), max_length=100, required=False)


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    yearly = forms.BooleanField(label=_("Every year"), required=False, initial=True)
    en = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(label=_("Where this is written"), max_length=500, required=False)


@page(right=Right.SEE)
def watch(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, WATCH, _watch(access, TapForm()))


@page(right=Right.PAUSE, methods=FORM)
def tap(request: HttpRequest, access: Access) -> HttpResponse:
    form = TapForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(
        form, lambda: watching.tap(access, form.cleaned_data["what"], now=clock.now())
    ):
        messages.success(request, _now("Those who may pause are told. Nothing is paused yet."))
        return go(request, "watch", access.workspace.slug)
    return show(request, WATCH, _watch(access, form), status=400 if form.is_bound else 200)


@page(right=Right.PAUSE, methods=POST)
def dismiss(request: HttpRequest, access: Access, signal_id: UUID) -> HttpResponse:
    signal = watching.signal_of(access.workspace.pk, signal_id)
    form = DismissForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: watching.dismiss(access, signal, form.cleaned_data["why"], now=clock.now()),
    ):
        messages.success(request, _now("It is noted, with your reason."))
        return go(request, "watch", access.workspace.slug)
    context = {**_watch(access, TapForm()), "dismissing": signal.pk, "dismiss": form}
    return show(request, WATCH, context, status=400)


@page(right=Right.SEE)
def feeds(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, FEEDS, _feeds(access, FeedForm()))


@page(right=Right.INVITE, methods=POST)
def feed_add(request: HttpRequest, access: Access) -> HttpResponse:
    form = FeedForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: service.add_feed(
            access, form.cleaned_data["url"], form.cleaned_data["name"], now=clock.now()
        ),
    ):
        messages.success(request, _now("It is asked from now on."))
        return go(request, "watch-feeds", access.workspace.slug)
    return show(request, FEEDS, _feeds(access, form), status=400)


@page(right=Right.INVITE, methods=POST)
def feed_change(request: HttpRequest, access: Access, feed_id: UUID) -> HttpResponse:
    """Switched on or off, or removed."""
    deed = request.POST.get("deed")
    if deed == "remove":
        service.remove_feed(access, feed_id, now=clock.now())
        messages.success(request, _now("The feed is removed."))
    else:
        service.switch_feed(access, feed_id, on=deed == "on", now=clock.now())
    return go(request, "watch-feeds", access.workspace.slug)


@page(right=Right.SEE)
def days(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, DAYS, _days(access, DayForm()))


@page(right=Right.INVITE, methods=POST)
def day_add(request: HttpRequest, access: Access) -> HttpResponse:
    form = DayForm(request.POST)
    if form.is_valid() and _done(form, lambda: _add(form, access)):
        messages.success(request, _now("The day is watched from now on."))
        return go(request, "watch-days", access.workspace.slug)
    return show(request, DAYS, _days(access, form), status=400)


@page(right=Right.INVITE, methods=POST)
def day_change(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Watched or not, or removed."""
    deed = request.POST.get("deed")
    if deed == "remove":
        keeping_days.remove_day(access, name, now=clock.now())
        messages.success(request, _now("The day is removed."))
    else:
        keeping_days.switch_day(access, name, on=deed == "on", now=clock.now())
    return go(request, "watch-days", access.workspace.slug)


def _done(form: forms.Form, deed: Callable[[], object]) -> bool:
    return attempt(form, deed) is not None


def _add(form: DayForm, access: Access) -> Any:
    said = form.cleaned_data
    wording = keeping_days.Wording(
        said["day"].month, said["day"].day, None if said["yearly"] else said["day"].year,
        said["en"], source=said["source"],
    )  # fmt: skip
    return keeping_days.add_day(access, wording, now=clock.now())


def _watch(access: Access, form: TapForm) -> dict[str, Any]:
    names = {str(one.pk): str(one) for one in channels(access.workspace.pk)}
    rows = signals_of(access.workspace.pk)
    return {
        "open": [_signal(one, access, names) for one in rows if one.state == "open"],
        "past": [_signal(one, access, names) for one in rows if one.state != "open"],
        "form": form,
        "area": "pauses",
        "dismiss": DismissForm(),
        "may_pause": access.may(Right.PAUSE),
    }


def _signal(row: Signal, access: Access, names: dict[str, str]) -> dict[str, Any]:
    said = words.signal(row, names, get_language() or "en")
    asked = urlencode({"why": said.reason, "signal": row.pk})
    return {
        "row": row,
        "said": said,
        "pause_url": f"{reverse('pause-begin', args=[access.workspace.slug])}?{asked}",
        "hits": [{**one, "at": words.moment(one["when"])} for one in row.hits],
    }


def _feeds(access: Access, form: FeedForm) -> dict[str, Any]:
    return {
        "rows": [(one, _trouble(one)) for one in feeds_of(access.workspace.pk)],
        "form": form,
        "area": "pauses",
        "may_change": access.may(Right.INVITE),
    }


def _trouble(row: Feed) -> str:
    return sentence(row.trouble) if row.trouble else ""


def _days(access: Access, form: DayForm) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "rows": [
            (one, one.name(language), words.day(one.month, one.day, one.year))
            for one in days_of(access.workspace.pk)
        ],
        "form": form,
        "area": "pauses",
        "may_change": access.may(Right.INVITE),
    }


urlpatterns = [
    path("", watch, name="watch"),
    path("tap/", tap, name="watch-tap"),
    path("signals/<uuid:signal_id>/dismiss/", dismiss, name="watch-dismiss"),
    path("feeds/", feeds, name="watch-feeds"),
    path("feeds/add/", feed_add, name="watch-feed-add"),
    path("feeds/<uuid:feed_id>/", feed_change, name="watch-feed"),
    path("days/", days, name="watch-days"),
    path("days/add/", day_add, name="watch-day-add"),
    path("days/<slug:name>/", day_change, name="watch-day"),
]
