"""Networks: all that are installed, and what each can do, for anybody who is signed in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.channels import selectors
from breakwater.channels.selectors import SetUp
from breakwater.people.models import Person
from breakwater.people.selectors import administers
from breakwater.web.manifest_lines import sections
from breakwater.web.manifest_words import PROTECTIONS, SIGNING, abilities, translated
from breakwater.web.network_setup import Standing, network_at, review_of, standing
from breakwater.web.page import own_page, show


@dataclass(frozen=True)
class Row:
    """A network in the list."""

    slug: str
    name: str
    channels: int
    asks_keys: bool
    standing: Standing


@own_page()
def networks(request: HttpRequest, person: Person) -> HttpResponse:
    context = {
        "rows": [_row(one) for one in selectors.set_ups()],
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
        "abilities": abilities(manifest),
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
    )


urlpatterns = [
    path("", networks, name="networks"),
    path("<slug:network>/", network, name="network"),
]
"""The addresses of both pages; those of the keys are in `network_keys`."""
