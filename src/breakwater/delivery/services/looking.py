"""Which deliveries are due for a look: unknown ones to be resolved, accepted ones to be proved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from breakwater.delivery.lifecycle import WAITING
from breakwater.delivery.likeness import like
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import own_markers
from breakwater.domain.kinds import MAKES, SHOWN
from breakwater.domain.likeness import Likeness
from breakwater.domain.text import folded

LOOKED_AT = ("unknown", "accepted")


def lease_looks(
    *, limit: int, lease: timedelta, waited: timedelta = timedelta(), now: datetime
) -> list[Delivery]:
    """At most `limit` rows due for a read-only look since `waited` or longer; others leave them
    alone for `lease`.

    A look changes nothing on the network, so a lease in time is enough here: two looks at
    once are harmless, and what they find is written by compare-and-set.
    """
    with transaction.atomic(durable=not connection.in_atomic_block):
        rows = list(
            Delivery.objects.select_for_update(
                skip_locked=connection.features.has_select_for_update_skip_locked
            )
            .filter(state__in=LOOKED_AT, not_before__lte=now - waited)
            .order_by("not_before")[:limit]
        )
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(not_before=now + lease)
    return rows


@dataclass(frozen=True)
class Company:
    """What else on the account could be taken for this delivery's post.

    explained: remote ids that belong to other deliveries. rivals: first calls of other
    deliveries of the same text and number of pictures whose own post is not known yet;
    lookalikes: of those whose pictures look like ours too. markers: our links that no other
    delivery of the channel carries, as domain.markers spells them. texts: folded, of all other
    deliveries whose own post is not known yet.
    """

    explained: frozenset[str]
    rivals: tuple[datetime, ...]
    lookalikes: tuple[datetime, ...] = ()
    markers: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def company(row: Delivery, remote_ids: Collection[str]) -> Company:
    """An equal post may be another delivery's (a post's or an answer's, or what a change of one
    made of it), known already or not yet. Two queries, and one for each link in the text."""
    others = Delivery.objects.filter(channel_id=row.channel_id).exclude(pk=row.pk)
    known = others.filter(kind__in=SHOWN, remote_id__in=remote_ids)
    open_ones = others.filter(
        Q(state="sending") | Q(doubtful=True),
        kind__in=MAKES,
        state__in=("sending", "unknown", "needs_human", *WAITING, "claimed", "prepared", "held"),
        remote_id="",
    )
    unplaced = list(open_ones)
    rivals = [one for one in unplaced if _equal(one, row)]
    alike = [one for one in rivals if _look_alike(one, row)]
    explained = frozenset(known.values_list("remote_id", flat=True))
    texts = frozenset(folded(one.payload["text"]) for one in unplaced)
    return Company(explained, _called(rivals), _called(alike), own_markers(row), texts)


def _called(rows: Collection[Delivery]) -> tuple[datetime, ...]:
    return tuple(one.first_sent_at or one.due_at for one in rows)


def _look_alike(one: Delivery, other: Delivery) -> bool:
    return like(one.payload["media"], other.payload["media"]) is not Likeness.DIFFERENT


def _equal(one: Delivery, other: Delivery) -> bool:
    return len(one.payload["media"]) == len(other.payload["media"]) and (
        folded(one.payload["text"]) == folded(other.payload["text"])
    )
