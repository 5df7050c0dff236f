"""From one conversation to the next: how far somebody has come stands in the address, so that going
on leads on, whether a conversation was dealt with or left as it is.

?category=: through that one alone. ?n=: through all of them, this many so far, so that praise comes
between. ?past=: on from after this place, a category and a cut of its list.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from breakwater.domain.triage import Category
from breakwater.inbox import selectors
from breakwater.inbox.models import Thread
from breakwater.inbox.selectors import Cut, Past
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.inbox_filters import category_of, cut_of, cut_text, row_of
from breakwater.web.page import go, page


@page(right=Right.SEE)
def following(request: HttpRequest, access: Access) -> HttpResponse:
    """On to the conversation that has waited longest after where somebody is; home when there is none."""
    known = category_of(request.GET.get("category", ""))
    past, done = past_of(request.GET), row_of(request.GET)
    found = selectors.next_in([access.workspace.pk], known, past=past)
    if found is None:
        return go(request, "inbox", access.workspace.slug)
    if known:
        return go(request, "inbox-thread", access.workspace.slug, found.pk)
    walk = {"n": str(done + 1)}
    nice = selectors.praise_between([access.workspace.pk], found, done=done)
    if nice is not None and past is not None:
        walk["past"] = _said(past)
    there = reverse("inbox-thread", args=[access.workspace.slug, (nice or found).pk])
    return go(request, f"{there}?{urlencode(walk)}")


def onward(query: Mapping[str, str], access: Access, thread: Thread) -> str:
    """The address that leads on from this conversation's page. query: of the page."""
    row, category = row_of(query), Category(thread.category)
    past = past_of(query) or Past(category, Cut(thread.last_at, thread.pk))
    walk = {"n": str(row)} if row else {"category": category.value}
    there = reverse("inbox-next", args=[access.workspace.slug])
    return f"{there}?{urlencode({**walk, 'past': _said(past)})}"


def past_of(query: Mapping[str, str]) -> Past | None:
    """None where it is not said, or makes no sense."""
    name, _, cut = query.get("past", "").partition("~")
    category, where = category_of(name), cut_of({"after": cut})
    return Past(category, where) if category and where else None


def _said(past: Past) -> str:
    return f"{past.category.value}~{cut_text(past.cut)}"


urlpatterns = [path("next/", following, name="inbox-next")]
