"""The installation's keys at a network: a guided page, and what an administrator does on it.

The secrets never come out again: their fields are always empty, after a mistake too.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels import services
from breakwater.channels.selectors import SetUp
from breakwater.core import clock
from breakwater.core.messages import say, sentence
from breakwater.domain.errors import NotFound, Problem
from breakwater.networks.base import AppKeys
from breakwater.people.models import Person
from breakwater.web.connecting import field_for
from breakwater.web.forms import attempt
from breakwater.web.manifest_lines import scope_lines
from breakwater.web.manifest_words import translated
from breakwater.web.network_setup import (
    REVIEWS,
    hidden_at,
    hook_address,
    network_at,
    review_of,
    standing,
    way_back,
)
from breakwater.web.page import FORM, POST, go, installation_page, show


class KeysForm(forms.Form):
    """What the manifest asks for, all of it."""

    def __init__(self, *args: Any, app: AppKeys, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in app.fields:
            self.fields[asked.name] = field_for(asked)


class ReviewForm(forms.Form):
    review = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[(str(state), word) for state, word in REVIEWS.items()],
    )


@installation_page(FORM)
def keys(request: HttpRequest, person: Person, network: str) -> HttpResponse:
    """Step by step: what to make there, which addresses to paste, what to copy back."""
    there = network_at(network)
    app = _app(there)
    form = KeysForm(request.POST or None, app=app)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: services.save_keys(
                network=network, typed=form.cleaned_data, by=person.pk, now=clock.now()
            ),
        )
        if saved is not None:
            return _checked(request, network, _now("The keys are kept, sealed."))
    context = {
        "network": translated(there.manifest.name),
        "slug": network,
        "console": app.console,
        "steps": [translated(one) for one in app.steps],
        "way_back": way_back(),
        "hook": hook_address(network),
        "hidden_at": hidden_at(),
        "fetches": bool(there.manifest.fetches),
        "scopes": scope_lines(there.manifest),
        "review": review_of(there),
        "review_form": ReviewForm(
            initial={"review": there.keys.review if there.keys else ""},
            use_required_attribute=False,
        ),
        "kept": there.keys,
        "trouble": sentence(there.keys.trouble) if there.keys and there.keys.trouble else "",
        "standing": standing(there),
        "form": form,
        "area": "networks",
    }
    return show(request, "networks/keys.html", context, status=400 if form.errors else 200)


@installation_page(POST)
def check(request: HttpRequest, person: Person, network: str) -> HttpResponse:
    """The network is asked whether the keys are its own."""
    del person
    _app(network_at(network))
    return _checked(request, network)


@installation_page(POST)
def review(request: HttpRequest, person: Person, network: str) -> HttpResponse:
    _app(network_at(network))
    services.note_review(
        network=network, review=request.POST.get("review", ""), by=person.pk, now=clock.now()
    )
    messages.success(request, _now("Noted."))
    return go(request, "network-keys", network)


@installation_page(FORM)
def forget(request: HttpRequest, person: Person, network: str) -> HttpResponse:
    there = network_at(network)
    _app(there)
    if there.keys is None:
        raise NotFound(what="keys")
    name = translated(there.manifest.name)
    if request.method == "POST":
        services.forget_keys(network=network, by=person.pk, now=clock.now())
        messages.success(request, _now("The keys are gone."))
        return go(request, "network-keys", network)
    context = {
        "title": _now("Forget the keys for %(network)s?") % {"network": name},
        "sentence": _now(
            "Nobody can connect an account of this network any more, and connected ones stop when "
            "their sign-in has to be renewed. The app stays on the network: delete it there too."
        ),
        "deed": _now("Forget the keys"),
        "back": reverse("network-keys", args=[network]),
        "area": "networks",
    }
    return show(request, "people/confirm.html", context)


def _checked(request: HttpRequest, network: str, before: str = "") -> HttpResponse:
    """The page again, with what the network said of the keys."""
    said = [before] if before else []
    try:
        row = services.check_keys(network=network, now=clock.now())
    except Problem as error:
        messages.warning(request, " ".join([*said, say(error)]))
    else:
        if row.trouble:
            messages.warning(request, " ".join([*said, sentence(row.trouble)]))
        else:
            messages.success(request, " ".join([*said, _now("The network knows them.")]))
    return go(request, "network-keys", network)


def _app(there: SetUp) -> AppKeys:
    """What the network asks for. Raises: NotFound where that is nothing."""
    if there.manifest.app is None:
        raise NotFound(what="keys")
    return there.manifest.app


urlpatterns = [
    path("", keys, name="network-keys"),
    path("check/", check, name="network-keys-check"),
    path("review/", review, name="network-keys-review"),
    path("forget/", forget, name="network-keys-forget"),
]
