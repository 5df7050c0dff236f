"""Messages are scored once the scorer is back, and again once a second opinion has come."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from breakwater.channels.models import Arrival
from breakwater.inbox.models import Contact, Item
from breakwater.inbox.services import judging
from breakwater.inbox.services.contacts import who
from breakwater.inbox.services.correcting import as_corrected
from breakwater.inbox.services.judging import JUDGED, Judged, name_of
from breakwater.inbox.services.locking import lock_talks_of
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.turns import wait_for_intake
from breakwater.scoring.models import SecondOpinion

AT_ONCE = 50
_WORDS = ("arrival__channel", "arrival__workspace")
UNSCORABLE = "none"
"""Model of a message at which the scorer breaks while it reads others: not tried again."""


def unscored(*, limit: int = AT_ONCE) -> list[Item]:
    """Others' messages that no scorer has seen and of which nobody has said what they are, the newest
    first: people look at those."""
    rows = Item.objects.filter(model="", own=False, corrected=False)
    return list(rows.select_related(*_WORDS).order_by("-pk")[:limit])


def answered_since(moment: datetime | None) -> bool:
    """Whether a second opinion came to its end since then; None: ever."""
    rows = SecondOpinion.objects.exclude(state="waiting")
    return (rows.filter(state_at__gte=moment) if moment else rows).exists()


def asked(*, after: int = 0, limit: int = AT_ONCE) -> list[Item]:
    """Messages that waited for a second opinion when they were last judged, by id."""
    rows = Item.objects.filter(asked=True, corrected=False, pk__gt=after)
    return list(rows.select_related(*_WORDS).order_by("pk")[:limit])


def store(items: Sequence[Item], judged: Judged, *, now: datetime) -> int:
    """How many of them are judged now: those that still say what was judged, and of which nobody said
    otherwise meanwhile. Their conversations say so, and so do their authors' names."""
    seen = {one.pk: one for one in items}
    arrivals = {one.pk: one.arrival for one in items}
    with transaction.atomic():
        wait_for_intake()
        lock_talks_of(seen)
        rows = [
            row
            for row in Item.objects.select_for_update().filter(pk__in=seen).order_by("pk")
            if row.pk in judged.texts and _as_seen(row, seen[row.pk])
        ]
        for row in rows:
            said = arrivals[row.pk]
            judging.apply(row, judged.texts[row.pk], text=said.text, rating=said.rating)
        as_corrected(rows, arrivals)
        Item.objects.bulk_update(rows, JUDGED)
        _name([arrivals[row.pk] for row in rows], judged)
        roll_up({row.thread_id for row in rows}, now=now)
    return len(rows)


def give_up(item: Item) -> None:
    """The scorer breaks at this message: it stays as it is, without a score or a second opinion, and
    holds nobody up."""
    rows = Item.objects.filter(pk=item.pk, words_at=item.words_at)
    rows.filter(model="").update(model=UNSCORABLE)
    rows.filter(model=item.model, asked=True).update(asked=False)


def _as_seen(row: Item, seen: Item) -> bool:
    return not row.corrected and (row.words_at, row.model) == (seen.words_at, seen.model)


def _name(arrivals: Sequence[Arrival], judged: Judged) -> None:
    """Names that nobody had scored. A query for each that is known now."""
    said = {who(row): judged.names.get((row.workspace_id, name_of(row))) for row in arrivals}
    known = {one: rank for one, rank in said.items() if rank is not None}
    for (workspace_id, network, origin, remote_id), rank in known.items():
        Contact.objects.filter(
            workspace_id=workspace_id,
            network=network,
            origin=origin,
            remote_id=remote_id,
            rank=None,
        ).update(rank=rank)
