"""Practising on a channel: what its account shows, what is to go wrong, how it behaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels import selectors
from breakwater.channels.models import Channel
from breakwater.channels.services import practice
from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.guarantees import Guarantee
from breakwater.media.selectors import opened_by_content
from breakwater.networks.base import Comment, Fault, SeenMedium
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.manifest_words import PROTECTIONS, translated
from breakwater.web.page import POST, go, page, show

LATEST = 20
CLASSES: Mapping[Guarantee, str | Promise] = {
    Guarantee.LASTING_KEY: _("Keeps a key of each post for ever"),
    Guarantee.HANDLE: _("Publishes in two steps"),
    Guarantee.HOUR_KEY: _("Knows a post again for an hour"),
    Guarantee.DUPLICATE_REFUSED: _("Refuses an equal text"),
    Guarantee.NONE: _("Protects against nothing"),
}
CALLS: Mapping[str, str | Promise] = {
    "": _("when it usually would"),
    "commit": _("when a post is sent"),
    "delete": _("when a post is deleted"),
    "look": _("when something is looked up"),
    "prepare": _("when a picture is uploaded"),
    "token": _("when the sign-in is renewed"),
}


class FaultForm(forms.Form):
    kind = forms.ChoiceField(label=_("What goes wrong"))
    call = forms.ChoiceField(label=_("When"), choices=list(CALLS.items()), required=False)
    sticky = forms.BooleanField(
        label=_("Every time, until you clear it (otherwise once)"), required=False
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, translated(label)) for kind, label in kinds.items()]


@dataclass(frozen=True)
class Picture:
    """One picture of a post. sha256: "" when its bytes are not ours to show."""

    alt: str
    sha256: str


@dataclass(frozen=True)
class Post:
    """A post as strangers see it."""

    remote_id: str
    text: str
    at: Any
    media: list[Picture]
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class Planned:
    """A fault that waits."""

    label: str
    call: str | Promise
    sticky: bool


@page(right=Right.SEE)
def view(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = _channel(access, channel_id)
    return _view(request, access, channel, None)


@page(right=Right.CONNECT, methods=POST)
def plan(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """Something goes wrong at the next call that it waits for."""
    channel = _channel(access, channel_id)
    seen = practice.look_round(channel, limit=0)
    form = FaultForm(request.POST, kinds=seen.kinds)
    if not form.is_valid():
        return _view(request, access, channel, form)
    data = form.cleaned_data
    fault = Fault(data["kind"], data["call"], data["sticky"])
    practice.plan_fault(channel, fault, by=access.person.pk, now=clock.now())
    messages.success(request, _now("It is planned."))
    return go(request, "practice", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=POST)
def clear(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = _channel(access, channel_id)
    practice.clear_faults(channel, by=access.person.pk, now=clock.now())
    messages.success(request, _now("Nothing is planned to go wrong any more."))
    return go(request, "practice", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=POST)
def behave(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = _channel(access, channel_id)
    chosen = request.POST.get("guarantee", "")
    if chosen not in list(Guarantee):
        raise Invalid(code="field_choice", field="guarantee")
    practice.as_class(channel, Guarantee(chosen), by=access.person.pk, now=clock.now())
    messages.success(request, _now("The account behaves like that from now on."))
    return go(request, "practice", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=POST)
def comment(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """Somebody who passes by says something under a post."""
    channel = _channel(access, channel_id)
    practice.say(
        channel,
        remote_id=request.POST.get("remote_id", ""),
        text=request.POST.get("text", ""),
        author=request.POST.get("author", ""),
        by=access.person.pk,
        now=clock.now(),
    )
    messages.success(request, _now("Somebody has commented."))
    return go(request, "practice", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=POST)
def weekend(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """A bad week-end is behind the account: much to do in the inbox."""
    channel = _channel(access, channel_id)
    said = practice.bad_weekend(channel, by=access.person.pk, now=clock.now())
    messages.success(
        request, _now("Strangers wrote %(n)s times. It reaches the inbox soon.") % {"n": said}
    )
    return go(request, "practice", access.workspace.slug, channel_id)


@page(right=Right.SEE)
def picture(
    request: HttpRequest, access: Access, channel_id: UUID, sha256: str
) -> HttpResponseBase:
    """The bytes that we sent: the practice network keeps pictures as they came."""
    del request
    _channel(access, channel_id)
    file, mime = opened_by_content(access.workspace.pk, sha256)
    return FileResponse(file.open("rb"), content_type=mime)


def _channel(access: Access, channel_id: UUID) -> Channel:
    channel = selectors.channel_of(access.workspace.pk, channel_id)
    installed = channel.network in selectors.networks()
    if not installed or not practice.is_practice(channel.network):
        raise NotFound(what="practice")
    return channel


def _view(
    request: HttpRequest, access: Access, channel: Channel, form: FaultForm | None
) -> HttpResponse:
    closed = channel.state == "disconnected"
    seen = None if closed else practice.look_round(channel, limit=LATEST)
    context: dict[str, Any] = {
        "channel": channel,
        "closed": closed,
        "may_control": access.may(Right.CONNECT),
        "area": "channels",
    }
    if seen is not None:
        context |= {
            "posts": [_post(one) for one in seen.posts],
            "blind": seen.blind,
            "trouble": sentence(seen.trouble) if seen.trouble else "",
            "faults": [_planned(fault, seen.kinds) for fault in seen.faults],
            "guarantee": seen.guarantee,
            "behaves": CLASSES[seen.guarantee],
            "protection": PROTECTIONS[seen.guarantee],
            "classes": list(CLASSES.items()),
            "form": form or FaultForm(kinds=seen.kinds),
        }
    status = 400 if form is not None and form.errors else 200
    return show(request, "harbour/practice.html", context, status=status)


def _post(shown: practice.Shown) -> Post:
    seen = shown.seen
    pictures = [_picture(one) for one in seen.media]
    return Post(seen.remote_id, seen.text, seen.created_at, pictures, shown.comments)


def _picture(seen: SeenMedium) -> Picture:
    return Picture(seen.alt, seen.sha256)


def _planned(fault: Fault, kinds: Mapping[str, str]) -> Planned:
    label = translated(kinds.get(fault.kind, fault.kind))
    return Planned(label, CALLS.get(fault.call, fault.call), fault.sticky)


urlpatterns = [
    path("", view, name="practice"),
    path("plan/", plan, name="practice-plan"),
    path("clear/", clear, name="practice-clear"),
    path("behave/", behave, name="practice-behave"),
    path("comment/", comment, name="practice-comment"),
    path("weekend/", weekend, name="practice-weekend"),
    path("pictures/<str:sha256>/", picture, name="practice-picture"),
]
