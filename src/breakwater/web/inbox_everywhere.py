"""All of a person's brands at once: what waits in each, and the next one wherever it is.

A conversation itself is always read and answered in its own brand's pages, which name it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.inbox.pile_selectors import next_pile, piles_by_brand
from breakwater.inbox.selectors import Need, needs_by_brand, next_in
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.inbox_filters import category_of
from breakwater.web.lately import mine_of
from breakwater.web.page import go, own_page, show
from breakwater.web.waiting import Item, Waiting


@own_page()
def everywhere(request: HttpRequest, person: Person) -> HttpResponse:
    brands = answering(mine_of(request, person))
    found = _waiting(brands)
    context = {
        "brands": [_brand(one, *found[one.pk]) for one in brands if one.pk in found],
        "quiet": [one for one in brands if one.pk not in found],
        "area": "home",
    }
    return show(request, "inbox/everywhere.html", context)


@own_page()
def following(request: HttpRequest, person: Person) -> HttpResponse:
    """The conversation that has waited longest of the most urgent category, of any brand; where only
    piles wait, the pile that has waited longest."""
    brands = [one.pk for one in answering(mine_of(request, person))]
    known = category_of(request.GET.get("category", ""))
    found = next_in(brands, known)
    if found is not None:
        return go(request, "inbox-thread", found.workspace.slug, found.pk)
    pile = next_pile(brands)
    if pile is None:
        return go(request, "inbox-everywhere")
    return go(request, "inbox-pile", pile.workspace.slug, pile.pk)


def inbox_waiting(person: Person, mine: Sequence[Access], now: datetime) -> Iterable[Waiting]:
    """A line for each brand in which somebody waits. Two queries."""
    del person, now
    brands = answering(mine)
    found = _waiting(brands)
    items = [_item(one, *found[one.pk]) for one in brands if one.pk in found]
    yield Waiting(_("What people say to you"), "inbox", items)


def answering(mine: Iterable[Access]) -> list[Workspace]:
    """The brands in whose name the person answers people."""
    return [one.workspace for one in mine if one.may(Right.ANSWER)]


def _waiting(brands: Sequence[Workspace]) -> dict[UUID, tuple[list[Need], int]]:
    """Of those in which something waits: what waits alone, and how many piles do. Two queries."""
    ids = [one.pk for one in brands]
    needs, piles = needs_by_brand(ids), piles_by_brand(ids)
    waits = [one for one in ids if one in needs or one in piles]
    return {one: (needs.get(one, []), piles.get(one, 0)) for one in waits}


def _brand(workspace: Workspace, needs: list[Need], piles: int) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "piles": piles,
        "needs": [
            {"need": need, "title": words.CATEGORIES[need.category], "icon": words.ICONS[need.category]}
            for need in needs
        ],
    }  # fmt: skip


def _item(workspace: Workspace, needs: list[Need], piles: int) -> Item:
    said = []
    if needs:
        n = sum(need.talks for need in needs)
        said.append(ngettext("%(n)s conversation waits", "%(n)s conversations wait", n) % {"n": n})
        said.append(str(words.CATEGORIES[needs[0].category]))
    if piles:
        text = ngettext("%(n)s thing that many say", "%(n)s things that many say", piles)
        said.append(text % {"n": piles})
    return Item(workspace.name, reverse("inbox", args=[workspace.slug]), " · ".join(said))


urlpatterns = [
    path("", everywhere, name="inbox-everywhere"),
    path("next/", following, name="inbox-everywhere-next"),
]
