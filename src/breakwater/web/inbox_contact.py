"""Who wrote: the author's card beside a conversation, and their page. A veiled name stays veiled."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import clock
from breakwater.domain.errors import NotFound
from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import authors, desk, knowing, reading
from breakwater.inbox.models import Contact
from breakwater.inbox.services import labels
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_notes
from breakwater.web import inbox_words as words
from breakwater.web.asked import uuid
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.page import POST, go, page, show
from breakwater.wellbeing.selectors import shield_of


def card(sight: Sight) -> Panel | None:
    """Costs nothing here: the page asks for it once it is there, and leads to it without script."""
    if sight.thread.contact is None:
        return None
    return Panel("side", "inbox/card-later.html", {"contact_id": sight.thread.contact_id})


@page(right=Right.SEE)
def card_of(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    contact = authors.contact_of(access.workspace.pk, contact_id)
    shield = shield_of(access.person, access.workspace.pk)
    context = {**_known(contact, shield), "notes": desk.notes_of(contact)}
    return show(request, "inbox/card.html", context)


@page(right=Right.SEE)
def contact(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    row = authors.contact_of(access.workspace.pk, contact_id)
    return show(request, "inbox/contact.html", _page(access, row))


@page(right=Right.ANSWER, methods=POST)
def note(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """The note is there; or the page again with what was typed, and what is wrong with it."""
    row = authors.contact_of(access.workspace.pk, contact_id)
    refused = inbox_notes.add(request, access, row)
    if refused is None:
        return go(request, "inbox-contact", access.workspace.slug, contact_id)
    return show(request, "inbox/contact.html", _page(access, row, refused), status=400)


def _page(
    access: Access, row: Contact, typed: inbox_notes.NoteForm | None = None
) -> dict[str, Any]:
    known = _known(row, shield_of(access.person, access.workspace.pk))
    may = access.may(Right.ANSWER)
    on = {one.pk for one in known["labels"]}
    every = desk.labels_of(access.workspace.pk) if may else []
    return {
        **known,
        "rows": [
            {
                "thread": thread,
                "title": words.ONE[Category(thread.category)],
                "icon": words.ICONS[Category(thread.category)],
            }
            for thread in knowing.lately_with(row)
        ],
        "it": inbox_notes.values(access, row, typed),
        "others": [one for one in every if one.pk not in on],
        "may": may,
        "area": "inbox",
    }


@page(right=Right.ANSWER, methods=POST)
def mark(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """The person has the label from now on, or has it no more with `off`."""
    row = authors.contact_of(access.workspace.pk, contact_id)
    label_id = uuid(request.POST.get("label", ""))
    if label_id is None:
        raise NotFound(what="label")
    if request.POST.get("off"):
        labels.unmark_person(access, label_id, row, now=clock.now())
    else:
        labels.mark_person(access, label_id, row, now=clock.now())
    return go(request, "inbox-contact", access.workspace.slug, contact_id)


def _known(row: Contact, shield: Shield) -> dict[str, Any]:
    author = reading.author(row, shield)
    safe = author.url.startswith(("https://", "http://"))
    return {
        "contact": row,
        "author": author,
        "address": author.url if safe else "",
        "history": knowing.history_of(row),
        "labels": desk.labels_of_person(row),
    }


urlpatterns = [
    path("people/<uuid:contact_id>/", contact, name="inbox-contact"),
    path("people/<uuid:contact_id>/card/", card_of, name="inbox-card"),
    path("people/<uuid:contact_id>/notes/", note, name="inbox-contact-note"),
    path("people/<uuid:contact_id>/label/", mark, name="inbox-contact-label"),
]
