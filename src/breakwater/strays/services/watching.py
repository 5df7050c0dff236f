"""A turn of the watch: what arrived of our own accounts since the last one is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from breakwater.channels.models import Arrival
from breakwater.channels.services import line
from breakwater.networks.base import What
from breakwater.strays.explaining import KNOWN, explain, is_answer, known_ids, words_of
from breakwater.strays.models import Turn, Watched
from breakwater.strays.services import altering, beginning, turns
from breakwater.strays.services.judging import Judged, note

AT_ONCE = 500


@dataclass(frozen=True)
class Read:
    """judged: what is not ours by its id. mark, upto: where the turn began, and stands once it is
    stored. full: whether there is more at once."""

    judged: Sequence[Judged]
    mark: int
    upto: int
    full: bool


def waiting() -> bool:
    """Whether anything came, changed or went since the last turn. Reads only: three queries."""
    row = Turn.objects.filter(name=turns.WATCH).first()
    if row is None or row.altered_at is None:
        return True
    last = Arrival.objects.aggregate(last=Max("id"))["last"] or 0
    return last > row.mark or altering.changed_since(row.altered_at).exists()


def turn(mine: UUID, *, now: datetime, limit: int = AT_ONCE) -> bool:
    """What arrived is judged, each once; whether there is more. Raises: StaleState when somebody
    else has taken the turn meanwhile."""
    with transaction.atomic():
        row = turns.fence(mine)
        began = beginning.begin(now=now)
        note(judge(beginning.overtaken(began, row.mark)), now=now)
    read = _read(limit)
    if read.upto > read.mark:
        with transaction.atomic():
            row = turns.fence(mine)
            if row.mark != read.mark:
                return True
            note(read.judged, now=now)
            row.mark = read.upto
            row.save(update_fields=["mark"])
    return read.full


def judge(arrivals: Sequence[Arrival]) -> list[Judged]:
    """Those that are not known by their id to be ours, with what they are. Reads only."""
    known = {
        (channel.pk, one)
        for channel in {row.channel_id: row.channel for row in arrivals}.values()
        for one in known_ids(
            channel, [row.remote_id for row in arrivals if row.channel_id == channel.pk]
        )
    }
    left = [row for row in arrivals if (row.channel_id, row.remote_id) not in known]
    verdicts = [
        (row, explain(row.channel, row.remote_id, words_of(row), at=row.arrived_at)) for row in left
    ]
    return [(row, verdict) for row, verdict in verdicts if verdict.code != KNOWN]


def _read(limit: int) -> Read:
    mark = Turn.objects.get(name=turns.WATCH).mark
    upto = line.complete_to()
    arrivals = line.after(mark, upto, limit=limit)
    full = len(arrivals) == limit
    own = [row for row in arrivals if row.own and row.erased_at is None]
    watched = _watched(own)
    fresh = [row for row in own if _judged(row, watched.get(row.channel_id))]
    return Read(judge(fresh), mark, arrivals[-1].pk if full else upto, full)


def _judged(row: Arrival, watched: Watched | None) -> bool:
    """Own posts from after the first look. What answers somebody, only where people said so."""
    if watched is None or row.pk <= watched.mark:
        return False
    return watched.answers if is_answer(row) else row.what == What.POST


def _watched(arrivals: Sequence[Arrival]) -> dict[UUID, Watched]:
    """By channel, of those that are watched."""
    channels = {row.channel_id for row in arrivals}
    rows = Watched.objects.filter(channel_id__in=channels, began_at__isnull=False)
    return {row.channel_id: row for row in rows} if channels else {}
