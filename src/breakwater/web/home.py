"""The calm home page: what waits for this person, and the ways into their workspaces.

A provider answers with what waits for one person, from facts below: `(person, now) -> Waiting`.
To add one, write it in the module of its pages and name it in PROVIDERS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from breakwater.core import clock
from breakwater.people.models import Person
from breakwater.people.selectors import may_found, workspaces_of
from breakwater.web.page import own_page, show


@dataclass(frozen=True)
class Item:
    """One thing that waits. state: (kind, state) for the badge. at: an instant, zone: where."""

    title: str
    url: str
    note: str = ""
    state: tuple[str, str] | None = None
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits of one sort; nothing is shown of a sort without items. more: how many besides."""

    title: str | Promise
    icon: str
    items: Sequence[Item] = field(default_factory=tuple)
    more: int = 0
    more_url: str = ""


PROVIDERS: tuple[Callable[[Person, datetime], Waiting], ...] = ()


@own_page()
def home(request: HttpRequest, person: Person) -> HttpResponse:
    now = clock.now()
    waiting = [one for one in (provide(person, now) for provide in PROVIDERS) if one.items]
    context = {
        "waiting": waiting,
        "workspaces": workspaces_of(person),
        "may_found": may_found(person),
        "area": "home",
    }
    return show(request, "people/home.html", context)
