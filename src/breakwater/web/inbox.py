"""What needs you: decisions by category, not a feed; and lists for those who look for something."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import clock
from breakwater.domain.shield import Shield
from breakwater.domain.triage import URGENT, Category
from breakwater.inbox import answers, desk, pile_selectors, reading, selectors
from breakwater.inbox.models import Item, Label, Thread
from breakwater.inbox.selectors import Cut, Filters, Need
from breakwater.inbox.services.intake import reached
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_pile_words as pile_words
from breakwater.web import inbox_words as words
from breakwater.web.inbox_aside import offer_of
from breakwater.web.inbox_deed_marks import several_offers
from breakwater.web.inbox_filters import cut_of, cut_text, filters_of, query_of
from breakwater.web.inbox_views import tabs_of
from breakwater.web.page import page, show
from breakwater.wellbeing.selectors import shield_of


@page(right=Right.SEE)
def inbox(request: HttpRequest, access: Access) -> HttpResponse:
    """Nothing scrolls here: what is urgent, what many say at once, and what else waits, by what it
    asks for; when nothing does, it says so."""
    found = selectors.needs([access.workspace.pk])
    piles = pile_selectors.standings([access.workspace.pk])
    ours = {
        "troubled": answers.troubled_count([access.workspace.pk]),
        "proposals": answers.proposals_count([access.workspace.pk]),
    }
    context = {
        "urgent": [_group(need) for need in found if need.category in URGENT],
        "piles": [_pile(one) for one in piles.piles],
        "headline": pile_words.headline(piles) if piles.piles else "",
        "groups": [_group(need) for need in _mixed(found)],
        "ours": ours,
        "pulse": selectors.pulses_of([access.workspace.pk])[access.workspace.pk],
        "aside": offer_of(access),
        "may_answer": access.may(Right.ANSWER),
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
    labels, now, query = desk.labels_on([row.pk for row in shown]), clock.now(), query_of(filters)
    may_answer = access.may(Right.ANSWER)
    waiting = selectors.newest_waiting([row.pk for row in shown])
    context = {
        "rows": [_row(row, shield, labels[row.pk], waiting.get(row.pk), now) for row in shown],
        "more": _more(filters, shown[-1]) if more else "",
        "several": several_offers(access),
        "tab": "mine" if filters.assignee == access.person.pk else "list",
        "query": query,
        "views": tabs_of(access, query),
        "may_answer": may_answer,
        "upto": reached() if may_answer else 0,
        "area": "inbox",
    }
    return show(request, "inbox/list.html", context, part="rows")


def _mixed(found: list[Need]) -> list[Need]:
    """All but the urgent ones, with praise among them and not at the end."""
    rest = [need for need in found if need.category not in (*URGENT, Category.PRAISE)]
    nice = [need for need in found if need.category is Category.PRAISE]
    return [*rest[:1], *nice, *rest[1:]]


def _pile(one: pile_selectors.Standing) -> dict[str, Any]:
    return {
        "pile": one.pile,
        "oldest": one.oldest,
        "title": pile_words.label(one.pile),
        "figures": pile_words.figures(one),
        "waits": pile_words.waits(one),
        "arranged": pile_words.looks_arranged(one.pile),
    }


def _group(need: Need) -> dict[str, Any]:
    return {
        "need": need,
        "title": words.CATEGORIES[need.category],
        "icon": words.ICONS[need.category],
        "query": query_of(Filters(category=need.category.value, alone=True)),
    }


def _row(
    thread: Thread, shield: Shield, labels: Sequence[Label], waiting: Item | None, now: datetime
) -> dict[str, Any]:
    return {
        "line": reading.line(waiting) if waiting else "",
        "thread": thread,
        "labels": labels,
        "due": words.due_of(thread, now, thread.workspace.zone),
        "author": reading.author(thread.contact, shield) if thread.contact else None,
        "title": words.ONE[Category(thread.category)],
        "icon": words.ICONS[Category(thread.category)],
    }


def _more(filters: Filters, last: Thread) -> str:
    where = urlencode({"after": cut_text(Cut(last.last_at, last.pk))})
    return f"{query_of(filters)}&{where}"


urlpatterns = [
    path("", inbox, name="inbox"),
    path("all/", listed, name="inbox-list"),
]
