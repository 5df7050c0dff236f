"""Notes among colleagues, below a conversation and on the page of a person."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.inbox import desk, selectors
from breakwater.inbox.models import Contact, Note, Thread
from breakwater.inbox.services.notes import LONGEST, add_note, remove_note
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.page import POST, go, page, show

_IDS = "note_%s"


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("A note for colleagues"),
        help_text=_("@name tells that colleague. Nobody outside sees it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("A note needs words. Nothing was saved.")},
    )


def notes(sight: Sight) -> Panel:
    """Costs nothing here: the page asks for notes and labels once it is there, and leads to them
    without script."""
    return Panel("below", "inbox/notes-later.html", {"thread": sight.thread})


@page(right=Right.SEE)
def among(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """What colleagues have put on a conversation: labels and notes. For htmx the notes, and the
    labels for their place above the conversation."""
    thread = selectors.thread_of(access.workspace.pk, thread_id)
    return show(request, "inbox/among.html", _among(access, thread), part="among")


def values(
    access: Access, about: Thread | Contact, typed: NoteForm | None = None
) -> dict[str, object]:
    """What inbox/notes.html shows of a conversation or a person. typed: a note that was refused."""
    fresh = NoteForm(auto_id=_IDS) if access.may(Right.ANSWER) else None
    return {
        "about": about,
        "of_person": isinstance(about, Contact),
        "notes": [(one, _may_remove(access, one)) for one in desk.notes_of(about)],
        "form": typed or fresh,
    }


@page(right=Right.ANSWER, methods=POST)
def on_talk(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """The note is there; or a page with what was typed, and what is wrong with it."""
    thread = selectors.thread_of(access.workspace.pk, thread_id)
    refused = add(request, access, thread)
    if refused is None:
        return _back(request, access, thread)
    return show(request, "inbox/among.html", _among(access, thread, refused), status=400)


@page(right=Right.ANSWER, methods=POST)
def remove(request: HttpRequest, access: Access, note_id: UUID) -> HttpResponse:
    gone = remove_note(access, note_id, now=clock.now())
    messages.success(request, _now("The note is gone."))
    about = gone.thread or gone.contact
    return _back(request, access, about) if about else go(request, "inbox", access.workspace.slug)


def add(request: HttpRequest, access: Access, about: Thread | Contact) -> NoteForm | None:
    """None: the note is there. Else the form, with what was typed and why it was refused."""
    form = NoteForm(request.POST, auto_id=_IDS)
    if not form.is_valid():
        return form
    text = form.cleaned_data["text"]
    made = attempt(form, lambda: add_note(access, about, text, now=clock.now()))
    return None if made else form


def _among(access: Access, thread: Thread, typed: NoteForm | None = None) -> dict[str, object]:
    return {
        "it": values(access, thread, typed),
        "thread": thread,
        "labels": desk.labels_on([thread.pk])[thread.pk],
        "area": "inbox",
    }


def _back(request: HttpRequest, access: Access, about: Thread | Contact) -> HttpResponse:
    name = "inbox-contact" if isinstance(about, Contact) else "inbox-thread"
    return go(request, name, access.workspace.slug, about.pk)


def _may_remove(access: Access, note: Note) -> bool:
    own = note.by_id == access.person.pk and access.may(Right.ANSWER)
    return own or access.may(Right.INVITE)


urlpatterns = [
    path("<uuid:thread_id>/among/", among, name="inbox-among"),
    path("<uuid:thread_id>/notes/", on_talk, name="inbox-note"),
    path("notes/<uuid:note_id>/remove/", remove, name="inbox-note-remove"),
]
