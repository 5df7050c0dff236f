"""Networks: all that are installed, and what each can do, for anybody who is signed in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.channels import selectors
from breakwater.channels.selectors import SetUp
from breakwater.people.models import Person
from breakwater.people.selectors import administers
from breakwater.web.manifest_lines import sections
from breakwater.web.manifest_words import PROTECTIONS, SIGNING, abilities, grouped, translated
from breakwater.web.network_setup import Standing, hidden_at, network_at, review_of, standing
from breakwater.web.page import own_page, show


@dataclass(frozen=True)
class Row:
    """A network in the list. takes: what the network's own review takes, "" where there is none."""

    slug: str
    name: str
    channels: int
    asks_keys: bool
    standing: Standing
    takes: str


@own_page()
def networks(request: HttpRequest, person: Person) -> HttpResponse:
    rows = [_row(one) for one in selectors.set_ups()]
    context = {
        "parts": (
            (_("To be set up"), [one for one in rows if not one.standing.ready]),
            (_("Accounts can be connected"), [one for one in rows if one.standing.ready]),
        ),
        "hidden_at": hidden_at(),
        "broken": selectors.broken_networks(),
        "administers": administers(person),
        "area": "networks",
    }
    return show(request, "networks/list.html", context)


@own_page()
def network(request: HttpRequest, person: Person, network: str) -> HttpResponse:
    """Everything that its manifest says, with the source and the day of each line."""
    there = network_at(network)
    manifest = there.manifest
    context = {
        "row": _row(there),
        "signing": SIGNING[manifest.auth],
        "review": review_of(there),
        "groups": grouped(abilities(manifest)),
        "sections": sections(manifest),
        "protection": PROTECTIONS[manifest.guarantee],
        "administers": administers(person),
        "area": "networks",
    }
    return show(request, "networks/network.html", context)


def _row(there: SetUp) -> Row:
    manifest = there.manifest
    return Row(
        manifest.slug,
        translated(manifest.name),
        there.channels,
        manifest.app is not None,
        standing(there),
        _takes(there),
    )


def _takes(there: SetUp) -> str:
    """How long the network's review takes, while it is still to come."""
    told = review_of(there)
    if told is None or told.granted or not told.most:
        return ""
    if told.least == told.most:
        return ngettext("review: about %(n)s week", "review: about %(n)s weeks", told.most) % {
            "n": told.most
        }
    return _("review: %(least)s to %(most)s weeks") % {"least": told.least, "most": told.most}


urlpatterns = [
    path("", networks, name="networks"),
    path("<slug:network>/", network, name="network"),
]
"""The addresses of both pages; those of the keys are in `network_keys`."""
