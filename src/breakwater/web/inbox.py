"""What needs you: decisions by category, not a feed; and lists for those who look for something."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import path

from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import reading, selectors
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.selectors import Cut, Filters, Need
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.inbox_filters import cut_of, filters_of, query_of, row_of
from breakwater.web.page import go, page, show
from breakwater.wellbeing.selectors import shield_of


@page(right=Right.SEE)
def inbox(request: HttpRequest, access: Access) -> HttpResponse:
    """Nothing scrolls here: what waits, by what it asks for; when nothing does, it says so."""
    found = selectors.needs([access.workspace.pk])
    context = {
        "groups": [_group(need) for need in found],
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
    waiting = selectors.waiting_in([row.pk for row in shown])
    context = {
        "rows": [_row(row, shield, waiting.get(row.pk)) for row in shown],
        "more": _more(filters, shown[-1]) if more else "",
        "filters": filters,
        "area": "inbox",
    }
    return show(request, "inbox/list.html", context, part="rows")


@page(right=Right.SEE)
def following(request: HttpRequest, access: Access) -> HttpResponse:
    """On to the conversation that has waited longest; home when there is none. The address counts
    the conversations of one walk (?n=), so that praise comes between them."""
    category = request.GET.get("category", "")
    known = category if category in Category.__members__.values() else ""
    done = row_of(request.GET)
    found = selectors.next_in([access.workspace.pk], known, done=done)
    if found is None:
        return go(request, "inbox", access.workspace.slug)
    there = resolve_url("inbox-thread", access.workspace.slug, found.pk)
    return go(request, there if known else f"{there}?n={done + 1}")


def _group(need: Need) -> dict[str, Any]:
    return {
        "need": need,
        "title": words.CATEGORIES[need.category],
        "icon": words.ICONS[need.category],
        "query": query_of(Filters(category=need.category.value)),
    }


def _row(thread: Thread, shield: Shield, waiting: Item | None) -> dict[str, Any]:
    return {
        "line": reading.line(waiting) if waiting else "",
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
