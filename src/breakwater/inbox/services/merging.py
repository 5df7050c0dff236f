"""Conversations that turn out to be one, once the message between them has come."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from breakwater.channels.models import Arrival
from breakwater.inbox.models import Answer, Draft, Item, Labelled, Note, Proposal, Survey, Thread


def join(
    rows: Sequence[Arrival],
    keys: Mapping[int, str],
    talks: Mapping[tuple[UUID, str], Thread],
) -> None:
    """A conversation that was named after one of these messages, because that had not come yet, is
    part of the message's own from now on. One query where there is none."""
    own = {
        (row.channel_id, row.remote_id): talks[row.channel_id, keys[row.pk]]
        for row in rows if keys[row.pk] != row.remote_id
    }  # fmt: skip
    if not own:
        return
    found = Thread.objects.select_for_update().filter(
        channel_id__in={channel for channel, _ in own}, key__in={key for _, key in own}
    )
    for part in found.order_by("pk"):
        whole = own.get((part.channel_id, part.key))
        if whole is not None and whole.pk != part.pk:
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
