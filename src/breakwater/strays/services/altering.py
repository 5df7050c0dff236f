"""Posts of ours that read otherwise than we sent them, or are gone, and nobody here did it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from breakwater.audit.services import move
from breakwater.channels.models import Arrival
from breakwater.channels.services import line
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.domain.kinds import DELETE, EDIT, MAKES, SHOWN
from breakwater.domain.text import folded
from breakwater.networks.base import Seen, What
from breakwater.strays.explaining import Words
from breakwater.strays.lifecycle import SIGHTING
from breakwater.strays.models import Sighting, Turn
from breakwater.strays.services import alarming, turns

ALTERED, MISSING = "altered", "missing"
_LATE = timedelta(seconds=60)
"""How long after its moment a change may be committed."""
_AT_ONCE = 200
_TAKEN = timedelta(seconds=15)
_TRIES = timedelta(minutes=10)


def turn(mine: UUID, *, now: datetime) -> int:
    """What changed or went since the last turn, and is ours, is looked at; how many were noted.
    Strays that went by themselves are gone. Raises: StaleState."""
    since = Turn.objects.get(name=turns.WATCH).altered_at or now
    wanted = changed_since(since)
    found, noted = list(wanted[:_AT_ONCE]), 0
    while len(found) == _AT_ONCE:
        noted += _note_all(found, mine, now)
        found = list(wanted.filter(pk__gt=found[-1].pk)[:_AT_ONCE])
    return noted + _note_all(found, mine, now, last=True)


def changed_since(moment: datetime) -> QuerySet[Arrival]:
    """Own posts that changed or went since then, by id."""
    rows = line.altered_since(moment - _LATE)
    return rows.filter(own=True, what=What.POST, erased_at=None)


def made_by(arrivals: Iterable[Arrival]) -> dict[tuple[UUID, str], Delivery]:
    """Channel and remote id -> the delivery that made the post."""
    wanted = {(row.channel_id, row.remote_id) for row in arrivals}
    if not wanted:
        return {}
    rows = Delivery.objects.filter(
        channel_id__in={one for one, _ in wanted}, remote_id__in={one for _, one in wanted},
        kind__in=SHOWN, state__in=OUT,
    )  # fmt: skip
    found: dict[tuple[UUID, str], Delivery] = {}
    for row in rows.order_by("created_at"):
        first = row if row.kind in MAKES else Delivery.objects.filter(pk=row.source).first()
        if first is not None:
            found.setdefault((row.channel_id, row.remote_id), first)
    return found


def says_ours(delivery: Delivery, words: Words) -> bool:
    """Whether the words are those of the delivery, or of a change of it that has begun."""
    changes = Delivery.objects.filter(source=delivery.pk, kind=EDIT, first_sent_at__isnull=False)
    payloads = [delivery.payload, *changes.values_list("payload", flat=True)]
    texts = Words(words.text, None, words.spellings)
    return any(texts.equal(payload) for payload in payloads)


def taken_down(delivery: Delivery | None, channel_id: UUID, remote_id: str) -> bool:
    """Whether a delete of ours has begun for it."""
    begun = Delivery.objects.filter(kind=DELETE, first_sent_at__isnull=False)
    of_it = Q(channel_id=channel_id, payload__remote_id=remote_id)
    return begun.filter(of_it | Q(source=delivery.pk) if delivery else of_it).exists()


def due(limit: int, *, now: datetime) -> list[Sighting]:
    """Changes to be confirmed now, taken."""
    rows = Sighting.objects.filter(kind__in=(ALTERED, MISSING), state="seen", look_at__lte=now)
    found = list(rows.select_related("channel__workspace", "delivery").order_by("look_at")[:limit])
    return [row for row in found if _take(row, now)]


def confirm(sighting: Sighting, shown: Seen | None, *, asked: bool, now: datetime) -> Sighting:
    """What the account shows of it at this moment decides. asked: whether it answered at all; it is
    asked again for a while, and then believed what the feed said."""
    delivery = sighting.delivery
    if not asked and now - sighting.created_at < _TRIES:
        return sighting
    fine = delivery is None or taken_down(delivery, sighting.channel_id, sighting.ref)
    if asked and shown is not None and delivery is not None and not fine:
        words = Words(shown.text, None, shown.spellings)
        fine = sighting.kind == MISSING or shown.bare or says_ours(delivery, words)
    to = "explained" if fine else "told"
    with transaction.atomic():
        alarm = None if fine else alarming.ongoing(sighting.workspace_id)
        return move(
            sighting, SIGHTING, to, by=None, now=now, why={"ref": sighting.ref}, look_at=None,
            to_tell=not fine, alarm=alarm, confirmed=asked or None, code=sighting.kind,
        )  # fmt: skip


def missing(channel_rows: Sequence[tuple[Delivery, str]], *, now: datetime) -> int:
    """Deliveries that the ledger says are out and that a comparison did not find, with their remote
    ids; how many were new."""
    return sum(_sight(MISSING, row, ref, "gone", now) for row, ref in channel_rows)


def _note_all(found: Sequence[Arrival], mine: UUID, now: datetime, *, last: bool = False) -> int:
    """last: nothing is left of what changed until `now`, and the next turn begins there."""
    made = made_by(found)
    with transaction.atomic():
        row = turns.fence(mine)
        noted = [_note(one, made.get((one.channel_id, one.remote_id)), now) for one in found]
        if last:
            row.altered_at = now
            row.save(update_fields=["altered_at"])
    return sum(noted)


def _note(arrival: Arrival, delivery: Delivery | None, now: datetime) -> bool:
    if arrival.gone_at is not None:
        _gone(arrival, now)
    if delivery is None:
        return False
    if arrival.gone_at is not None:
        if taken_down(delivery, arrival.channel_id, arrival.remote_id):
            return False
        return _sight(MISSING, delivery, arrival.remote_id, "gone", now, arrival)
    if says_ours(delivery, Words(arrival.text)):
        return False
    fact = sha256(folded(arrival.text).encode()).hexdigest()
    return _sight(ALTERED, delivery, arrival.remote_id, fact, now, arrival)


def _gone(arrival: Arrival, now: datetime) -> None:
    """A stray that its author or the network took away."""
    if taken_down(None, arrival.channel_id, arrival.remote_id):
        return
    rows = Sighting.objects.filter(channel_id=arrival.channel_id, kind="post")
    for row in rows.filter(ref=arrival.remote_id, state="stray"):
        move(row, SIGHTING, "gone", by=None, now=now, why={"ref": row.ref})


def _sight(
    kind: str, delivery: Delivery, ref: str, fact: str, now: datetime,
    arrival: Arrival | None = None,
) -> bool:  # fmt: skip
    _, made = Sighting.objects.get_or_create(
        channel_id=delivery.channel_id, kind=kind, ref=ref, fact=fact,
        defaults={
            "workspace_id": delivery.workspace_id, "delivery": delivery, "arrival": arrival,
            "url": delivery.remote_url, "state_at": now, "look_at": now, "created_at": now,
        },
    )  # fmt: skip
    return made


def _take(row: Sighting, now: datetime) -> bool:
    mine = Sighting.objects.filter(pk=row.pk, look_at=row.look_at, state="seen")
    row.look_at = now + _TAKEN
    return bool(mine.update(look_at=row.look_at))
