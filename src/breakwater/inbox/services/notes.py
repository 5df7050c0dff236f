"""A word among colleagues, about a conversation or a person; who is named in it is told."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.text import storable
from breakwater.inbox.models import Contact, Note, Thread
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

LONGEST = 5_000


def add_note(by: Access, about: Thread | Contact, text: str, *, now: datetime) -> Note:
    """The note, told to those whose @name is in it. about: of this workspace.

    Raises: Forbidden; NotFound; Invalid("note_empty", "note_too_long").
    """
    checks.may(by, Right.ANSWER)
    if about.workspace_id != by.workspace.pk:
        raise NotFound(what="note")
    words = storable(text).strip()
    if not words:
        raise Invalid(code="note_empty", field="text")
    if len(words) > LONGEST:
        raise Invalid(code="note_too_long", field="text", limit=LONGEST)
    named = mentioned(words, with_right(by.workspace.pk, Right.SEE))
    with transaction.atomic():
        note = Note.objects.create(
            workspace=by.workspace, text=words, by=by.person, created_at=now,
            thread=about if isinstance(about, Thread) else None,
            contact=about if isinstance(about, Contact) else None,
            mentions=[str(one.pk) for one in named],
        )  # fmt: skip
        place = f"people/{about.pk}" if isinstance(about, Contact) else f"{about.pk}"
        tell(
            [one for one in named if one != by.person], "inbox_mentioned", key=f"note:{note.pk}",
            data={"who": by.person.name}, path=f"/w/{by.workspace.slug}/inbox/{place}/#notes",
            workspace_id=by.workspace.pk, now=now,
        )  # fmt: skip
    return note


def remove_note(by: Access, note_id: UUID, *, now: datetime) -> Note:
    """The note as it was; it is no more. Raises: NotFound, for a note of somebody else too, unless
    the person looks after the workspace; Forbidden."""
    checks.may(by, Right.ANSWER)
    rows = Note.objects.select_related("thread", "contact").filter(workspace=by.workspace)
    note = rows.filter(pk=note_id).first()
    if note is None or (note.by_id != by.person.pk and not by.may(Right.INVITE)):
        raise NotFound(what="note")
    with transaction.atomic():
        if Note.objects.filter(pk=note.pk).delete()[0]:
            record([_removed(note)], by=by.person.pk, now=now)
    return note


def _removed(note: Note) -> Fact:
    about = note.thread_id or note.contact_id
    data = {
        "by": str(note.by_id or ""),
        "about": str(about),
        "written_at": note.created_at.isoformat(),
    }
    return Fact(note.workspace_id, "note.removed", "note", note.pk, data)


def mentioned(text: str, people: Sequence[Person]) -> list[Person]:
    """Those whose name, or first name where nobody shares it, stands behind an @. Long names before
    short ones, whatever the case."""
    names = _names(people)
    found: dict[UUID, Person] = {}
    for name in sorted(names, key=len, reverse=True):
        text, times = re.subn(
            rf"(?<![\w@])@{re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE
        )
        if times:
            found[names[name].pk] = names[name]
    return [one for one in people if one.pk in found]


def _names(people: Sequence[Person]) -> dict[str, Person]:
    names: dict[str, list[Person]] = {}
    for person in people:
        for name in {person.name.casefold(), *person.name.casefold().split()[:1]} - {""}:
            names.setdefault(name, []).append(person)
    return {name: bearers[0] for name, bearers in names.items() if len(bearers) == 1}
