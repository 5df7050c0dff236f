"""What an incident is opened from, looked up in its own workspace: a post, a delivery, a conversation,
a pile, a signal or a pause; and the posts that it is about then."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Arrival, Channel
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import places
from breakwater.delivery.selectors import delivery_of
from breakwater.domain.errors import NotFound
from breakwater.domain.kinds import PUBLISH
from breakwater.inbox.models import Pile, Thread
from breakwater.inbox.pile_selectors import pile_of
from breakwater.inbox.selectors import talk_of, thread_of
from breakwater.incidents.kinds import HAND
from breakwater.incidents.models import Incident
from breakwater.pauses.models import Pause, Signal
from breakwater.pauses.selectors import pause_of
from breakwater.pauses.services.watching import signal_of
from breakwater.publishing.models import Post
from breakwater.publishing.selectors import deliveries_of, post_of

Row = Post | Delivery | Thread | Pile | Signal | Pause
_PRIVATE = "message"


@dataclass(frozen=True)
class Thing:
    """A post on a channel that the incident is about."""

    channel: Channel
    remote_id: str
    url: str = ""
    at: datetime | None = None
    delivery: Delivery | None = None
    arrival: Arrival | None = None
    sighting: UUID | None = None


@dataclass(frozen=True)
class Origin:
    """kind: of kinds.FROM. row: what is there. things: its posts that a network shows, what strangers
    wrote to us alone left out. began_at: when the first of it was seen."""

    kind: str
    row: Row
    things: tuple[Thing, ...] = ()
    began_at: datetime | None = None


def origin_of(workspace_id: UUID, kind: str, row_id: str) -> Origin:
    """Raises: NotFound for no such thing and for another workspace's alike."""
    find = _FIND.get(kind)
    if find is None:
        raise NotFound(what="origin")
    try:
        wanted = UUID(row_id)
    except ValueError as error:
        raise NotFound(what="origin") from error
    return find(workspace_id, wanted)


def origin_of_incident(incident: Incident) -> Origin | None:
    """What it was opened from, while it is there. At most three queries, none by hand or from an alarm."""
    if incident.from_kind not in _FIND:
        return None
    try:
        return origin_of(incident.workspace_id, incident.from_kind, incident.from_id)
    except NotFound:
        return None


def opened_from(workspace_id: UUID, kind: str, row_id: str) -> Incident | None:
    """The incident that was opened from this thing before. One query, none by hand."""
    if kind == HAND or not row_id:
        return None
    rows = Incident.objects.filter(workspace_id=workspace_id, from_kind=kind, from_id=row_id)
    return rows.first()


def _post(workspace_id: UUID, row_id: UUID) -> Origin:
    post = post_of(workspace_id, row_id)
    things = _things(deliveries_of(post))
    return Origin("post", post, things, _first(things))


def _delivery(workspace_id: UUID, row_id: UUID) -> Origin:
    row = delivery_of(workspace_id, row_id)
    things = _things([row])
    return Origin("delivery", row, things, _first(things))


def _thread(workspace_id: UUID, row_id: UUID) -> Origin:
    """With its first public message; what was written to us alone is nobody else's to see."""
    thread = thread_of(workspace_id, row_id)
    public = [one for one in talk_of(thread) if one.what != _PRIVATE and not one.own]
    things = tuple(
        Thing(thread.channel, one.arrival.remote_id, one.arrival.url, one.at, arrival=one.arrival)
        for one in public[:1]
    )
    return Origin("thread", thread, things, thread.first_at)


def _pile(workspace_id: UUID, row_id: UUID) -> Origin:
    pile = pile_of(workspace_id, row_id)
    return Origin("pile", pile, began_at=pile.first_at)


def _signal(workspace_id: UUID, row_id: UUID) -> Origin:
    signal = signal_of(workspace_id, row_id)
    return Origin("signal", signal, began_at=signal.created_at)


def _pause(workspace_id: UUID, row_id: UUID) -> Origin:
    pause = pause_of(workspace_id, row_id)
    return Origin("pause", pause, began_at=pause.created_at)


_FIND: Mapping[str, Callable[[UUID, UUID], Origin]] = {
    "post": _post,
    "delivery": _delivery,
    "thread": _thread,
    "pile": _pile,
    "signal": _signal,
    "pause": _pause,
}


def _things(rows: Iterable[Delivery]) -> tuple[Thing, ...]:
    """Those that are out, as their network knows them now."""
    out = [one for one in rows if one.kind == PUBLISH and one.state in OUT and one.remote_id]
    there = places(out)
    return tuple(
        Thing(
            one.channel, there[one.pk].remote_id, there[one.pk].url, one.first_sent_at, delivery=one
        )
        for one in out
    )


def _first(things: Iterable[Thing]) -> datetime | None:
    return min((one.at for one in things if one.at is not None), default=None)
