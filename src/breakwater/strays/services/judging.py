"""A verdict becomes the state of a sighting."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from breakwater.audit.services import move
from breakwater.channels.models import Arrival
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import StaleState
from breakwater.domain.likeness import Likeness
from breakwater.networks.base import Seen
from breakwater.strays.explaining import SAID_SO, Verdict, Words, explain, words_of, words_seen
from breakwater.strays.lifecycle import SIGHTING
from breakwater.strays.models import Sighting
from breakwater.strays.services.alarming import ring

PATIENCE = timedelta(minutes=15)
"""How long a post of the same words waits for a delivery that is leaving, before people are asked."""
_SOON = timedelta(seconds=1)
_SELDOM = timedelta(seconds=30)
_TAKEN = timedelta(seconds=15)

Judged = tuple[Arrival, Verdict]


def note(judged: Sequence[Judged], *, now: datetime) -> None:
    """What was judged is kept. What may wake people is looked at once more first, so it stays "seen";
    and so does what something of ours explains once only. Call inside the turn's transaction."""
    for arrival, verdict in judged:
        sighting, made = Sighting.objects.get_or_create(
            channel_id=arrival.channel_id,
            kind="post",
            ref=arrival.remote_id,
            fact="",
            defaults={
                "workspace_id": arrival.workspace_id, "arrival": arrival, "url": arrival.url,
                "state_at": now, "look_at": now, "created_at": now,
            },
        )  # fmt: skip
        once = verdict.code == SAID_SO
        if made and not once and not asks_twice(verdict, words_of(arrival)):
            settle(sighting, verdict, confirmed=None, now=now)


def asks_twice(verdict: Verdict, words: Words) -> bool:
    """Whether the account itself is asked before this verdict is believed: what wakes people, and
    equal words with pictures that may be others."""
    if verdict.state == "stray":
        return True
    return _by_words(verdict) and (words.media is not None or bool(verdict.media))


def due(limit: int, *, now: datetime) -> list[Sighting]:
    """Posts to be looked at now, taken: nobody else looks at them for a moment. Of equal ones, one
    is explained: that which came first."""
    rows = Sighting.objects.filter(kind="post", look_at__lte=now, state__in=("seen", "waits"))
    rows = rows.select_related("channel__workspace", "arrival").order_by("look_at", "arrival_id")
    found = list(rows[:limit])
    return [row for row in found if _take(row, now)]


def verdict_on(sighting: Sighting, seen: Seen | None, *, now: datetime) -> Verdict:
    """What it is by now. seen: as the account shows it at this moment."""
    kept = words_kept(sighting)
    words = words_seen(seen, kept.below) if seen else kept
    verdict = explain(sighting.channel, sighting.ref, words, at=sighting.created_at)
    leaving = verdict.state == "waits" and verdict.code == "leaving"
    if leaving and now - sighting.created_at > PATIENCE:
        return Verdict("twin", "leaving", verdict.delivery)
    return verdict


def words_kept(sighting: Sighting) -> Words:
    return words_of(sighting.arrival) if sighting.arrival else Words("")


def with_pictures(verdict: Verdict, likeness: Likeness) -> Verdict:
    """Equal words with other pictures are nothing of ours. Pictures that nobody could compare count as
    others too, but for the one post that a delivery of ours explains."""
    if not _by_words(verdict) or likeness is Likeness.SAME:
        return verdict
    if likeness is Likeness.DIFFERENT:
        return Verdict("stray", "other_pictures")
    return verdict if verdict.code == SAID_SO else Verdict("stray", "pictures_unknown")


def settle(
    sighting: Sighting, verdict: Verdict, *, confirmed: bool | None, now: datetime
) -> Sighting:
    """The sighting is what the verdict says; a stray belongs to an alarm. confirmed: whether its
    account showed it just now (None: it did not answer, or was not asked). Raises: StaleState where
    the delivery has explained another post meanwhile."""
    facts: dict[str, Any] = {"confirmed": confirmed, "delivery": verdict.delivery}
    if verdict.state == "stray":
        return ring(sighting, verdict.code, by=None, now=now, **facts)
    if verdict.state == "waits":
        facts["look_at"] = now + _pause(sighting, now)
        if sighting.state == "waits":
            return _kept(sighting, verdict.code, facts)
    else:
        facts |= {"look_at": None, "to_tell": verdict.state in ("twin", "told")}
    with transaction.atomic():
        if verdict.code == SAID_SO:
            _spend(sighting, verdict)
        why = {"code": verdict.code, "ref": sighting.ref}
        return move(
            sighting, SIGHTING, verdict.state, by=None, now=now, why=why, code=verdict.code, **facts
        )


def _kept(sighting: Sighting, code: str, facts: dict[str, Any]) -> Sighting:
    rows = Sighting.objects.filter(pk=sighting.pk, state="waits")
    rows.update(code=code, look_at=facts["look_at"], delivery=facts["delivery"])
    return sighting


def _by_words(verdict: Verdict) -> bool:
    return verdict.state in ("twin", "told") or verdict.code == SAID_SO


def _spend(sighting: Sighting, verdict: Verdict) -> None:
    """Two posts of the same words at the same moment: one of them waits here, and is late."""
    if verdict.delivery is None:
        return
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=verdict.delivery.pk)
    others = Sighting.objects.filter(code=SAID_SO, delivery=row)
    if others.exclude(pk=sighting.pk).exists():
        raise StaleState(subject="sighting", id=str(sighting.pk), state=sighting.state)


def _take(row: Sighting, now: datetime) -> bool:
    mine = Sighting.objects.filter(pk=row.pk, look_at=row.look_at, state=row.state)
    row.look_at = now + _TAKEN
    return bool(mine.update(look_at=row.look_at))


def _pause(sighting: Sighting, now: datetime) -> timedelta:
    return max(_SOON, min(_SELDOM, (now - sighting.created_at) / 4))
