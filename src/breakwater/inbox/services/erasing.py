"""An author's data is found, handed over and erased, everywhere but in what is kept as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.channels.models import Arrival
from breakwater.channels.services import line
from breakwater.channels.services.erasing import empty, overwrite
from breakwater.domain.errors import NotFound
from breakwater.inbox import authors
from breakwater.inbox.lifecycle import PILE_DEED
from breakwater.inbox.models import (
    Contact,
    Draft,
    Item,
    Kept,
    Note,
    Pile,
    PileDeed,
    PileState,
    Proposal,
    Thread,
)
from breakwater.inbox.services import finding
from breakwater.inbox.services.locking import lock_talks
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.turns import wait_for_intake
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.services.forgetting import forget_texts


@dataclass(frozen=True)
class Erased:
    """messages: emptied. talks: conversations that are gone as a whole. kept: pieces of evidence
    that stay."""

    messages: int
    talks: int
    kept: int


def export(by: Access, contact_id: UUID, *, now: datetime) -> dict[str, Any]:
    """All that is known of the author, as plain JSON; that it was handed over is a fact.
    Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        contact = authors.contact_of(by.workspace.pk, contact_id)
        found = authors.as_json(contact)
        said = {"messages": len(found["messages"]), "network": contact.network}
        _tell(by, "author.exported", contact_id, said, now)
    return found


def erase(by: Access, contact_id: UUID, *, now: datetime) -> Erased:
    """Nothing of what they wrote, and nothing that says who they are, is left in the inbox, in what
    arrived, in what was scored and in what was grouped; read again from their network it does not
    come back. Evidence stays, sealed, and so does the ledger's proof of what we sent.

    Waits for what is arriving and being taken in, and keeps both waiting. Raises: Forbidden; NotFound.
    """
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        line.stand_alone()
        wait_for_intake()
        contact = authors.contact_of(by.workspace.pk, contact_id)
        _lock(contact)
        contact = _locked(by.workspace.pk, contact_id)
        overwrite()
        arrivals = list(authors.arrivals_of(contact).select_related("channel"))
        kept = Kept.objects.filter(
            workspace=by.workspace, arrival__in=[row.pk for row in arrivals]
        ).count()
        talks = list(authors.talks_of(contact))
        alone, shared = _apart(contact, talks)
        arrivals += _ours(alone)
        finding.forget([row.pk for row in arrivals])
        forget_texts(by.workspace.pk, [row.text for row in arrivals])
        _end_groups(contact, by, now)
        PileState.objects.filter(workspace_id=contact.workspace_id).delete()
        _leave(contact, shared, arrivals)
        Thread.objects.filter(pk__in=[one.pk for one in alone]).delete()
        contact.delete()
        messages = empty(arrivals, now=now)
        roll_up([one.pk for one in shared], now=now)
        done = Erased(messages, len(alone), kept)
        said = {"messages": messages, "talks": done.talks, "kept": kept}
        _tell(by, "author.erased", contact_id, said, now)
    finding.purge()
    return done


def _lock(contact: Contact) -> None:
    """Their conversations and all that stand in a group with theirs, in the order in which deeds on
    groups lock them."""
    groups = _groups_of(contact)
    list(PileDeed.objects.select_for_update().filter(pile__in=groups).order_by("pk"))
    beside = Item.objects.filter(pile__in=groups).values_list("thread_id", flat=True)
    in_them = Thread.objects.filter(pile__in=groups).values_list("pk", flat=True)
    theirs = authors.talks_of(contact).values_list("pk", flat=True)
    lock_talks({*beside, *in_them, *theirs})


def _locked(workspace_id: UUID, contact_id: UUID) -> Contact:
    rows = Contact.objects.select_for_update().filter(workspace_id=workspace_id, pk=contact_id)
    row = rows.first()
    if row is None:
        raise NotFound(what="contact")
    return row


def _apart(contact: Contact, talks: Sequence[Thread]) -> tuple[list[Thread], list[Thread]]:
    """Conversations with them alone, and those in which others wrote too."""
    others = Item.objects.filter(thread__in=talks, own=False).exclude(contact=contact)
    shared = set(others.values_list("thread_id", flat=True))
    return (
        [one for one in talks if one.pk not in shared],
        [one for one in talks if one.pk in shared],
    )


def _ours(talks: Sequence[Thread]) -> list[Arrival]:
    """What we said in a conversation with them alone says what they said."""
    return list(Arrival.objects.filter(item__thread__in=talks, own=True).select_related("channel"))


def _groups_of(contact: Contact) -> set[UUID]:
    """Groups are made of words: those they were part of, and the whole state, are built again."""
    mine = Item.objects.filter(contact=contact, pile__isnull=False)
    talks = authors.talks_of(contact).filter(pile__isnull=False)
    of_talks = talks.order_by().values_list("pile_id", flat=True)
    return {*mine.values_list("pile_id", flat=True), *of_talks}


def _end_groups(contact: Contact, by: Access, now: datetime) -> None:
    """What was decided about them is stopped, and how far it came is on record: it ends with them."""
    groups = _groups_of(contact)
    rows = PileDeed.objects.filter(pile__in=groups, state__in=PILE_DEED.sources("stopped"))
    for deed in rows.order_by("pk"):
        why = {"because": "erased", "done": deed.done, "left": deed.left}
        move(deed, PILE_DEED, "stopped", by=by.person.pk, now=now, why=why)
    Pile.objects.filter(pk__in=groups).delete()


def _leave(contact: Contact, shared: Sequence[Thread], arrivals: Sequence[Arrival]) -> None:
    """They are no part any more of conversations in which others wrote, which keep what is others'."""
    keys = {row.remote_id for row in arrivals}
    for thread in shared:
        if thread.key in keys:
            thread.key = f"erased:{thread.pk}"
        if thread.contact_id == contact.pk:
            for model in (Note, Draft, Proposal):
                model.objects.filter(thread=thread).delete()
            thread.contact = None
        thread.save(update_fields=["key", "contact"])
    Item.objects.filter(contact=contact).delete()


def _tell(by: Access, verb: str, contact_id: UUID, data: dict[str, Any], now: datetime) -> None:
    record([Fact(by.workspace.pk, verb, "contact", contact_id, data)], by=by.person.pk, now=now)
