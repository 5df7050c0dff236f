"""Conversations that turn out to be one, once the message between them has come."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Case, Value, When

from breakwater.channels.models import Arrival
from breakwater.inbox.models import Answer, Draft, Item, Labelled, Note, Proposal, Survey, Thread

_AT_ONCE = 100
"""Conversations that one statement joins with theirs."""

Pairs = Mapping[UUID, tuple[Thread, Thread]]
"""Part (by its id), and the whole that it becomes part of."""


def join(
    rows: Sequence[Arrival],
    keys: Mapping[int, str],
    talks: Mapping[tuple[UUID, str], Thread],
    there: Mapping[tuple[UUID, str], Thread],
) -> None:
    """A conversation that was named after one of these messages, because that had not come yet, is
    part of the message's own from now on. talks: of these messages; there: all that were there and
    are named after one of them, locked. By channel and key, both. Some twenty queries for each hundred
    of them, and a few more for each that has labels or drafts; none where there is none."""
    known = {**there, **talks}
    pairs: dict[UUID, tuple[Thread, Thread]] = {}
    for row in rows:
        part = known.get((row.channel_id, row.remote_id))
        whole = talks[row.channel_id, keys[row.pk]]
        if part is not None and whole.pk != part.pk:
            pairs[part.pk] = part, whole
    for some in _some({pk: (part, _last(whole, pairs)) for pk, (part, whole) in pairs.items()}):
        _into(some)


def _last(whole: Thread, pairs: Pairs) -> Thread:
    """What a whole becomes part of in the same batch, whichever of the two is found first."""
    passed: set[UUID] = set()
    while whole.pk in pairs and whole.pk not in passed:
        passed.add(whole.pk)
        whole = pairs[whole.pk][1]
    return whole


def _some(pairs: Pairs) -> Iterator[Pairs]:
    """Those that answer each other in a circle stay as they are: each would go with the other."""
    different = [(pk, pair) for pk, pair in pairs.items() if pair[1].pk not in pairs]
    for first in range(0, len(different), _AT_ONCE):
        yield dict(different[first : first + _AT_ONCE])


def _into(pairs: Pairs) -> None:
    whole_of = Case(
        *(When(thread_id=part, then=Value(whole.pk)) for part, (_, whole) in pairs.items()),
        output_field=Thread._meta.pk,
    )
    for model in (Item, Answer, Note, Proposal, Survey):
        model.objects.filter(thread_id__in=pairs).update(thread_id=whole_of)
    _labels_into(pairs)
    _drafts_into(pairs)
    for part, whole in pairs.values():
        if whole.assignee_id is None and part.assignee_id is not None:
            whole.assignee_id = part.assignee_id
            Thread.objects.filter(pk=whole.pk).update(assignee_id=part.assignee_id)
    Thread.objects.filter(pk__in=pairs).delete()


def _drafts_into(pairs: Pairs) -> None:
    for draft in Draft.objects.filter(thread_id__in=pairs).order_by("pk"):
        whole = pairs[draft.thread_id][1]
        if not Draft.objects.filter(thread=whole, person_id=draft.person_id).exists():
            Draft.objects.filter(pk=draft.pk).update(thread=whole)


def _labels_into(pairs: Pairs) -> None:
    rows = Labelled.objects.filter(thread_id__in=pairs).order_by("pk")
    for pk, label_id, thread_id in rows.values_list("pk", "label_id", "thread__pk"):
        whole = pairs[thread_id][1]
        if not Labelled.objects.filter(thread=whole, label_id=label_id).exists():
            Labelled.objects.filter(pk=pk).update(thread=whole)
