"""A team at its conversations: done, later, given to somebody, labelled, noted."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.inbox_work import (
    AssignWish,
    ChangedOut,
    ContactOut,
    DoneWish,
    LabelledWish,
    LabelOut,
    LabelsOut,
    LabelWish,
    LookingOut,
    NoteOut,
    NotesOut,
    NoteWish,
    SnoozeWish,
    TalksWish,
)
from breakwater.inbox import authors, desk, knowing, reading
from breakwater.inbox.models import Label, Note
from breakwater.inbox.selectors import thread_of
from breakwater.inbox.services import assigning, labels, notes, relief, working
from breakwater.people.roles import Right
from breakwater.wellbeing.selectors import shield_of

router = Router(tags=["inbox"])
_INBOX = "/w/{slug}/inbox"
_WORK = _INBOX + "/work"
"""What is done to several conversations at once."""


@route(router, "POST", _WORK + "/done", right=Right.ANSWER, answer=ChangedOut)
def done(call: Call, wish: DoneWish) -> ChangedOut:
    """Nothing waits in these conversations any more, but what came after `upto`."""
    moved = working.finish(call.access, wish.talks, upto=wish.upto, now=call.now)
    return ChangedOut(changed=len(moved))


@route(router, "POST", _WORK + "/reopen", right=Right.ANSWER, answer=ChangedOut)
def reopen(call: Call, wish: TalksWish) -> ChangedOut:
    """These conversations wait for an answer again, as far as anything is left in them."""
    return ChangedOut(changed=len(working.reopen(call.access, wish.talks, now=call.now)))


@route(router, "POST", _WORK + "/snooze", right=Right.ANSWER, answer=ChangedOut)
def snooze(call: Call, wish: SnoozeWish) -> ChangedOut:
    """They are out of the way until then, or until something new comes."""
    moved = working.snooze(call.access, wish.talks, wish.until, now=call.now)
    return ChangedOut(changed=len(moved))


@route(router, "POST", _WORK + "/assign", right=Right.ANSWER, answer=ChangedOut)
def assign(call: Call, wish: AssignWish) -> ChangedOut:
    """This person looks after them, and is told."""
    moved = assigning.assign(call.access, wish.talks, wish.person_id, now=call.now)
    return ChangedOut(changed=len(moved))


@route(router, "POST", _WORK + "/label", right=Right.ANSWER, answer=ChangedOut)
def label_them(call: Call, wish: LabelledWish) -> ChangedOut:
    """The label is put on these conversations, or taken off."""
    if wish.off:
        off = labels.take_off(call.access, wish.label_id, wish.talks, now=call.now)
        return ChangedOut(changed=off)
    put = labels.put_on(call.access, wish.label_id, wish.talks, now=call.now)
    return ChangedOut(changed=put)


@route(
    router,
    "POST",
    _INBOX + "/conversations/{thread_id}/relief",
    right=Right.ANSWER,
    answer=LookingOut,
)
def relieve(call: Call, thread_id: UUID) -> LookingOut:
    """Somebody else takes it; no reason is asked. The answer says who."""
    chosen = relief.relieve(call.access, thread_id, now=call.now)
    return LookingOut(person_id=chosen.pk, name=chosen.name)


@route(router, "GET", _INBOX + "/conversations/{thread_id}/notes", right=Right.SEE, answer=NotesOut)
def notes_of_talk(call: Call, thread_id: UUID) -> NotesOut:
    """What colleagues said among themselves about a conversation, the oldest first."""
    return NotesOut(items=_notes(desk.notes_of(thread_of(call.workspace_id, thread_id))))


@route(
    router, "POST", _INBOX + "/conversations/{thread_id}/notes", right=Right.ANSWER, answer=NoteOut,
    status=201,
)  # fmt: skip
def note_talk(call: Call, thread_id: UUID, wish: NoteWish) -> NoteOut:
    """A note about a conversation; who is named in it with @ is told."""
    about = thread_of(call.workspace_id, thread_id)
    return _note(notes.add_note(call.access, about, wish.text, now=call.now))


@route(
    router, "POST", _INBOX + "/contacts/{contact_id}/notes", right=Right.ANSWER, answer=NoteOut,
    status=201,
)  # fmt: skip
def note_contact(call: Call, contact_id: UUID, wish: NoteWish) -> NoteOut:
    """A note about a person; who is named in it with @ is told."""
    about = authors.contact_of(call.workspace_id, contact_id)
    return _note(notes.add_note(call.access, about, wish.text, now=call.now))


@route(router, "DELETE", _INBOX + "/notes/{note_id}", right=Right.ANSWER, status=204)
def remove_note(call: Call, note_id: UUID) -> None:
    """One's own note is gone; who runs the workspace removes others' too."""
    notes.remove_note(call.access, note_id, now=call.now)


@route(router, "GET", _INBOX + "/labels", right=Right.SEE, answer=LabelsOut)
def labels_there(call: Call) -> LabelsOut:
    """The workspace's labels, by name."""
    return LabelsOut(items=[_label(one) for one in desk.labels_of(call.workspace_id)])


@route(router, "POST", _INBOX + "/labels", right=Right.INVITE, answer=LabelOut, status=201)
def add_label(call: Call, wish: LabelWish) -> LabelOut:
    """A label for conversations and people."""
    return _label(labels.add_label(call.access, wish.name, wish.tone, now=call.now))


@route(router, "DELETE", _INBOX + "/labels/{label_id}", right=Right.INVITE, status=204)
def remove_label(call: Call, label_id: UUID) -> None:
    """The label is gone, and from all that had it."""
    labels.remove_label(call.access, label_id, now=call.now)


@route(router, "GET", _INBOX + "/contacts/{contact_id}", right=Right.SEE, answer=ContactOut)
def contact(call: Call, contact_id: UUID) -> ContactOut:
    """Somebody who wrote: counts, labels and notes. A veiled name is veiled here as on the pages."""
    row = authors.contact_of(call.workspace_id, contact_id)
    author = reading.author(row, shield_of(call.access.person, call.workspace_id))
    known = knowing.history_of(row)
    return ContactOut(
        id=row.pk,
        network=row.network,
        name=author.name,
        handle=author.handle,
        url=author.url,
        veiled_name=author.veiled,
        first_at=known.first_at,
        last_at=known.last_at,
        talks=known.talks,
        items=known.items,
        veiled=known.veiled,
        answers=known.answers,
        kept=known.kept,
        labels=[_label(one) for one in desk.labels_of_person(row)],
        notes=_notes(desk.notes_of(row)),
    )


def _notes(rows: list[Note]) -> list[NoteOut]:
    return [_note(row) for row in rows]


def _note(row: Note) -> NoteOut:
    return NoteOut(
        id=row.pk,
        at=row.created_at,
        by=row.by_id,
        text=row.text,
        mentions=[UUID(one) for one in row.mentions],
    )


def _label(row: Label) -> LabelOut:
    return LabelOut(id=row.pk, name=row.name, tone=row.tone or "idle")
