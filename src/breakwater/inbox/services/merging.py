"""Conversations that turn out to be one, once the message between them has come."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from breakwater.channels.models import Arrival
from breakwater.inbox.models import Answer, Draft, Item, Labelled, Note, Proposal, Survey, Thread


def join(
    rows: Sequence[Arrival],
    keys: Mapping[int, str],
    talks: Mapping[tuple[UUID, str], Thread],
    there: Mapping[tuple[UUID, str], Thread],
) -> None:
    """A conversation that was named after one of these messages, because that had not come yet, is
    part of the message's own from now on. talks: of these messages; there: all that were there and
    are named after one of them, locked. By channel and key, both."""
    known = {**there, **talks}
    for row in rows:
        part, whole = (
            known.get((row.channel_id, row.remote_id)),
            talks[row.channel_id, keys[row.pk]],
        )
        if part is not None and whole.pk != part.pk:
            _into(part, whole)


def _into(part: Thread, whole: Thread) -> None:
    for model in (Item, Answer, Note, Proposal, Survey):
        model.objects.filter(thread=part).update(thread=whole)
    for label in Labelled.objects.filter(thread=part):
        if not Labelled.objects.filter(thread=whole, label_id=label.label_id).exists():
            Labelled.objects.filter(pk=label.pk).update(thread=whole)
    for draft in Draft.objects.filter(thread=part):
        if not Draft.objects.filter(thread=whole, person_id=draft.person_id).exists():
            Draft.objects.filter(pk=draft.pk).update(thread=whole)
    if whole.assignee_id is None and part.assignee_id is not None:
        Thread.objects.filter(pk=whole.pk).update(assignee_id=part.assignee_id)
    part.delete()
