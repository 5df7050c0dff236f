"""Everything that is known of one author in a workspace: to be shown, handed over, or erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.channels.models import Arrival
from breakwater.channels.services.erasing import written_by
from breakwater.domain.errors import NotFound
from breakwater.inbox.models import Answer, Contact, Item, Kept, Labelled, Note, Thread

MOST = 30


@dataclass(frozen=True)
class Holdings:
    """What there is of one author. kept: evidence, which stays under a legal basis of its own.
    deeds: what we sent or did in conversations with them, of which the ledger keeps its proof."""

    contact: Contact
    messages: int
    talks: int
    notes: int
    labels: int
    deeds: int
    kept: Sequence[Kept]


def found(workspace_id: UUID, said: str) -> list[Contact]:
    """Authors whose handle, name or id on a network is this, at most MOST; [] for nothing said."""
    line = said.strip()
    bare = line.lstrip("@")
    if not bare:
        return []
    names = Q(handle__iexact=bare) | Q(handle__iexact=f"@{bare}") | Q(name__iexact=line)
    rows = Contact.objects.filter(names | Q(remote_id=line), workspace_id=workspace_id)
    return list(rows.order_by("network", "handle", "pk")[:MOST])


def contact_of(workspace_id: UUID, contact_id: UUID) -> Contact:
    """Raises: NotFound for none and for another workspace's alike."""
    row = Contact.objects.filter(workspace_id=workspace_id, pk=contact_id).first()
    if row is None:
        raise NotFound(what="contact")
    return row


def arrivals_of(contact: Contact) -> QuerySet[Arrival]:
    """All that they wrote, taken in or not, oldest first."""
    return written_by(
        contact.workspace_id, contact.network, contact.origin, contact.remote_id
    ).order_by("id")


def talks_of(contact: Contact) -> QuerySet[Thread]:
    """All conversations in which they wrote something, or which are with them."""
    theirs = Item.objects.filter(contact=contact).values("thread_id")
    return Thread.objects.filter(Q(pk__in=theirs) | Q(contact=contact)).order_by("pk")


def notes_of(contact: Contact) -> QuerySet[Note]:
    """Colleagues' notes about them, and about conversations that are with them."""
    return Note.objects.filter(Q(contact=contact) | Q(thread__contact=contact))


def holdings(workspace_id: UUID, contact_id: UUID) -> Holdings:
    """Raises: NotFound."""
    contact = contact_of(workspace_id, contact_id)
    arrivals = arrivals_of(contact)
    return Holdings(
        contact=contact,
        messages=arrivals.count(),
        talks=talks_of(contact).count(),
        notes=notes_of(contact).count(),
        labels=Labelled.objects.filter(contact=contact).count(),
        deeds=Answer.objects.filter(thread__contact=contact).count(),
        kept=_kept(contact, arrivals),
    )


def as_json(contact: Contact) -> dict[str, Any]:
    """All of it but the evidence's content, as plain JSON for the author themself."""
    rows = list(arrivals_of(contact).select_related("channel"))
    return {
        "author": {
            "network": contact.network, "id": contact.remote_id, "handle": contact.handle,
            "name": contact.name, "url": contact.url, "picture": contact.picture,
            "first_at": _said(contact.first_at), "last_at": _said(contact.last_at),
        },
        "messages": [_message(row) for row in rows],
        "notes": [{"at": _said(one.created_at), "text": one.text} for one in notes_of(contact)],
        "labels": [
            one.label.name
            for one in Labelled.objects.filter(contact=contact).select_related("label")
        ],
        "evidence": [
            {"at": _said(one.created_at), "why": one.why} for one in _kept(contact, arrivals_of(contact))
        ],
    }  # fmt: skip


def _kept(contact: Contact, arrivals: QuerySet[Arrival]) -> list[Kept]:
    ids = arrivals.order_by().values("pk")
    rows = Kept.objects.filter(workspace_id=contact.workspace_id, arrival__in=ids).defer("sealed")
    return list(rows.order_by("created_at"))


def _message(row: Arrival) -> dict[str, Any]:
    names = ("what", "remote_id", "text", "url", "media", "rating")
    return {
        **{name: getattr(row, name) for name in names},
        "at": _said(row.at),
        "changed_at": _said(row.changed_at) if row.changed_at else None,
        "channel": str(row.channel),
    }


def _said(moment: datetime) -> str:
    return moment.isoformat()
