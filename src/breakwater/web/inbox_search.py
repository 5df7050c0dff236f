"""Looking for messages by their words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import messages as sentences
from breakwater.domain.errors import Invalid
from breakwater.domain.triage import Category
from breakwater.inbox import reading
from breakwater.inbox.models import Item
from breakwater.inbox.searching import PAGE, search
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.numbers import number
from breakwater.web.page import page, show
from breakwater.wellbeing.selectors import shield_of


@page(right=Right.SEE)
def found(request: HttpRequest, access: Access) -> HttpResponse:
    """What is veiled for its reader stays veiled here: a search opens nothing."""
    text, before = request.GET.get("q", ""), request.GET.get("before", "")
    rows: list[Item] = []
    trouble = ""
    if text.strip():
        try:
            rows = search(
                [access.workspace.pk], text, before=number(before),
                limit=PAGE + 1,
            )  # fmt: skip
        except Invalid as error:
            trouble = sentences.sentence(error.code, error.data)
    shield = shield_of(access.person, access.workspace.pk)
    context = {
        "q": text,
        "trouble": trouble,
        "rows": [_row(item, reading.message(item, shield)) for item in rows[:PAGE]],
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "area": "inbox",
    }
    return show(request, "inbox/search.html", context, status=400 if trouble else 200)


def _row(item: Item, message: reading.Message) -> dict[str, Any]:
    veil = words.veil_of(message) if message.text is None else None
    return {
        "item": item, "message": message, "veil": veil,
        "title": words.ONE[Category(item.category)],
    }  # fmt: skip


urlpatterns = [path("search/", found, name="inbox-search")]
