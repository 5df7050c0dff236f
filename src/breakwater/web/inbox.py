"""What needs you: decisions by category, not a feed; and lists for those who look for something."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import answers, reading, selectors
from breakwater.inbox.models import Thread
from breakwater.inbox.selectors import Cut, Filters, Need
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.inbox_deed_marks import several_offers
from breakwater.web.inbox_filters import cut_of, filters_of, query_of
from breakwater.web.page import go, page, show
from breakwater.wellbeing.selectors import shield_of


@page(right=Right.SEE)
def inbox(request: HttpRequest, access: Access) -> HttpResponse:
    """Nothing scrolls here: what waits, by what it asks for; when nothing does, it says so."""
    found = selectors.needs([access.workspace.pk])
    ours = {
        "troubled": answers.troubled_count([access.workspace.pk]),
        "proposals": answers.proposals_count([access.workspace.pk]),
    }
    context = {
        "groups": [_group(need) for need in found],
        "ours": ours,
        "pulse": selectors.pulses_of([access.workspace.pk])[access.workspace.pk],
        "area": "inbox",
    }
    return show(request, "inbox/home.html", context, part="groups")


@page(right=Right.SEE)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    filters = filters_of(request.GET)
    rows = selectors.listed(
        [access.workspace.pk], filters, after=cut_of(request.GET), limit=selectors.PAGE + 1
    )
    shown, more = rows[: selectors.PAGE], rows[selectors.PAGE :]
    shield = shield_of(access.person, access.workspace.pk)
    context = {
        "rows": [_row(row, shield) for row in shown],
        "more": _more(filters, shown[-1]) if more else "",
        "filters": filters,
        "several": several_offers(access),
        "area": "inbox",
    }
    return show(request, "inbox/list.html", context, part="rows")


@page(right=Right.SEE)
def following(request: HttpRequest, access: Access) -> HttpResponse:
    """On to the conversation that has waited longest; home when there is none."""
    category = request.GET.get("category", "")
    known = category if category in Category.__members__.values() else ""
    found = selectors.next_in([access.workspace.pk], known)
    if found is None:
        return go(request, "inbox", access.workspace.slug)
    return go(request, "inbox-thread", access.workspace.slug, found.pk)


def _group(need: Need) -> dict[str, Any]:
    return {
        "need": need,
        "title": words.CATEGORIES[need.category],
        "icon": words.ICONS[need.category],
        "query": query_of(Filters(category=need.category.value)),
    }


def _row(thread: Thread, shield: Shield) -> dict[str, Any]:
    return {
        "thread": thread,
        "author": reading.author(thread.contact, shield) if thread.contact else None,
        "title": words.ONE[Category(thread.category)],
        "icon": words.ICONS[Category(thread.category)],
    }


def _more(filters: Filters, last: Thread) -> str:
    where = Cut(last.last_at, last.pk)
    return f"{query_of(filters)}&{urlencode({'after': f'{where.at.isoformat()}~{where.id}'})}"


urlpatterns = [
    path("", inbox, name="inbox"),
    path("all/", listed, name="inbox-list"),
    path("next/", following, name="inbox-next"),
]
