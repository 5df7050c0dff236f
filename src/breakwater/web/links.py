"""The pages behind signed links. They open without a sign-in: looking does nothing, since mail scanners
look; sending acts in the name of the link's person, with their rights at that moment."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import answer, open_pause
from breakwater.pauses.services.pausing import WHY_CHARACTERS, pause_all
from breakwater.people import links
from breakwater.people.models import Purpose, SignedLink
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.services.links import note_deed
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, go, open_page, show


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why?"),
        max_length=WHY_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
    )


def opened(
    request: HttpRequest, purpose: Purpose, link_id: UUID, mac: str, right: Right
) -> tuple[SignedLink, Access]:
    """The link and what its person may do now, and the page in their language.

    Raises: NotFound("link_gone"); Forbidden.
    """
    link = links.opened(purpose, link_id, mac, now=clock.now())
    granted = links.access_by(link, right)
    if not request.user.is_authenticated:
        translation.activate(granted.person.language)
    return link, granted


@open_page(FORM)
def pause(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    """Everything is held, with one sentence why. No text of a post is on this page, only numbers."""
    link, by = opened(request, Purpose.PAUSE, link_id, mac, Right.PAUSE)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        done = attempt(form, lambda: pause_all(by, why, via="link", now=clock.now()))
        if done is not None:
            note_deed(link, now=clock.now())
            return go(request, "link-pause", link_id, mac)
    standing = open_pause(by.workspace.pk)
    context = {"by": by, "link": link, "form": form, **(_numbers(standing) if standing else {})}
    return show(request, "links/pause.html", context, status=400 if form.errors else 200)


def _numbers(standing: Pause) -> dict[str, Any]:
    shown = answer(standing)
    became = [one.now for one in shown.leaving]
    return {
        "standing": standing,
        "shown": shown,
        "leaving": len(became),
        "out": became.count("out"),
        "not_out": became.count("not_out") + became.count("asks"),
        "waits": len([one for one in became if one not in ("out", "not_out", "asks")]),
    }


urlpatterns = [
    path("x/pause/<uuid:link_id>/<str:mac>/", pause, name="link-pause"),
]
