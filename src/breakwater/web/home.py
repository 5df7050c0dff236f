"""The calm home page: what waits for this person, and the ways into their workspaces.

A provider answers with what waits for one person, in facts of web/waiting.py. To add one, write
it in a module of its own and name it in PROVIDERS.
"""

from django.http import HttpRequest, HttpResponse

from breakwater.channels.selectors import connected
from breakwater.core import clock
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import may_found
from breakwater.web.drills import drills_waiting
from breakwater.web.inbox_everywhere import inbox_waiting
from breakwater.web.incidents_waiting import (
    actions_waiting,
    alarms_waiting,
    incidents_waiting,
    signals_waiting,
)
from breakwater.web.lately import lately, mine_of
from breakwater.web.page import own_page, show
from breakwater.web.pauses_waiting import pauses_waiting
from breakwater.web.posts_waiting import posts_waiting
from breakwater.web.waiting import Provider

PROVIDERS: tuple[Provider, ...] = (
    alarms_waiting,
    incidents_waiting,
    pauses_waiting,
    signals_waiting,
    inbox_waiting,
    posts_waiting,
    actions_waiting,
    drills_waiting,
)


@own_page()
def home(request: HttpRequest, person: Person) -> HttpResponse:
    now = clock.now()
    mine = mine_of(request, person)
    found = {
        provide: [one for one in provide(person, mine, now) if one.items] for provide in PROVIDERS
    }
    waiting = [one for some in found.values() for one in some]
    place = lately(request, person)
    workspaces = [one.workspace for one in mine]
    asked = any(not one.calm for one in waiting)
    bare = (
        not asked
        and place is not None
        and place.may(Right.CONNECT)
        and not connected(place.workspace.pk).exists()
    )
    context = {
        "waiting": waiting,
        "asked": asked,
        "bare": bare,
        "workspaces": workspaces,
        "mine": workspaces,
        "may_found": may_found(mine),
        "place": place,
        "may_write": place is not None and place.may(Right.WRITE),
        "area": "home",
    }
    if not found[pauses_waiting]:  # none stands anywhere: the banner has not to ask again
        context["paused"] = None
    return show(request, "people/home.html", context)
