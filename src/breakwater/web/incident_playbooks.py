"""Playbooks: the steps for each kind of incident, and a workspace's own version of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.domain.sources import SOURCES
from breakwater.incidents.kinds import KINDS as KIND_CODES
from breakwater.incidents.playbooks import Book, Step, book_of, books
from breakwater.incidents.services import playbooks as services
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.incident_words import KINDS, OF_ROLE, ROLES
from breakwater.web.numbers import number
from breakwater.web.page import FORM, go, page, show

_EMPTY = 2
"""Lines for new steps at the end of the form."""


@page(right=Right.INVITE)
def playbooks(request: HttpRequest, access: Access) -> HttpResponse:
    said = [_said(book) for book in books(access.workspace.pk)]
    return show(request, "incidents/playbooks.html", {"books": said, "area": "incidents"})


@page(right=Right.INVITE, methods=FORM)
def playbook(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """One of them, step by step; saved, it is a new version."""
    if kind not in KIND_CODES:
        raise NotFound(what="playbook")
    book, problem = book_of(access.workspace.pk, kind), ""
    steps = list(book.steps)
    if request.method == "POST":
        seen, steps = number(request.POST.get("seen", "")) or 0, _typed(request)
        try:
            services.change_playbook(access, kind, steps, seen=seen, now=clock.now())
        except (Invalid, StaleState) as error:
            problem = say(error)
        else:
            messages.success(request, _now("Saved as a new version. Open incidents keep theirs."))
            return go(request, "incident-playbooks", access.workspace.slug)
    rows = [*steps, *(Step(f"own{len(steps) + n}", "", "", "lead", 0) for n in range(_EMPTY))]
    context = {
        "book": book, "kind": KINDS[kind], "rows": list(enumerate(rows)), "roles": ROLES.items(),
        "problem": problem, "area": "incidents",
    }  # fmt: skip
    status = 400 if problem else 200
    return show(request, "incidents/playbook.html", context, status=status)


def _typed(request: HttpRequest) -> list[Step]:
    """The steps of the form, in order; a line without words in either language is left out."""
    found = []
    for at in range(services.MOST + _EMPTY):
        if f"key-{at}" not in request.POST:
            break
        typed = {name: request.POST.get(f"{name}-{at}", "").strip() for name in _NAMES}
        if not (typed["en"] or typed["fr"]):
            continue
        source = typed["source"] if typed["source"] in SOURCES else ""
        found.append(
            Step(
                typed["key"][:60] or f"own{at}", typed["en"], typed["fr"], typed["who"],
                number(typed["within"]) or 0, source,
            )
        )  # fmt: skip
    return found


_NAMES = ("key", "en", "fr", "who", "within", "source")


def _said(book: Book) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "book": book,
        "kind": KINDS[book.kind],
        "steps": [
            {
                "words": step.said(language[:2]), "who": OF_ROLE[step.who], "within": step.within,
                "source": SOURCES[step.source].title if step.source else "",
            }
            for step in book.steps
        ],
    }  # fmt: skip


urlpatterns = [
    path("playbooks/", playbooks, name="incident-playbooks"),
    path("playbooks/<slug:kind>/", playbook, name="incident-playbook"),
]
