"""Reading what was seen on our accounts: for pages, the API, and incidents."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from breakwater.channels.models import Channel, Cursor
from breakwater.channels.selectors import in_order, networks
from breakwater.delivery.selectors import quarantines
from breakwater.domain.errors import NotFound
from breakwater.networks.base import Can, Source
from breakwater.strays.lifecycle import ONGOING
from breakwater.strays.models import Alarm, HandRule, Sighting, Watched

STRAYS = ("stray", "wrong", "contained", "gone")
"""What an alarm is about."""
QUESTIONS = ("twin",)
PAGE = 50


def open_alarm(workspace_id: UUID) -> Alarm | None:
    """The alarm that is going on, answered or not. One query."""
    rows = Alarm.objects.filter(workspace_id=workspace_id, state__in=ONGOING)
    return rows.select_related("answered_by").first()


def open_alarms(workspace_ids: Collection[UUID]) -> list[Alarm]:
    """Those that wait for an answer, with their workspaces; one at most in each. One query."""
    rows = Alarm.objects.filter(workspace_id__in=workspace_ids, state="open")
    return list(rows.select_related("workspace").order_by("created_at", "pk"))


def questions(workspace_ids: Collection[UUID]) -> dict[UUID, int]:
    """Workspace -> how many posts somebody here may have made by hand and nobody has said so; those
    without any are left out. One query."""
    rows = Sighting.objects.filter(workspace_id__in=workspace_ids, state__in=QUESTIONS)
    counted = rows.order_by().values_list("workspace_id").annotate(n=Count("pk"))
    return dict(counted)


def alarm_of(workspace_id: UUID, alarm_id: UUID) -> Alarm:
    """Raises: NotFound for none and for another workspace's alike."""
    rows = Alarm.objects.select_related("workspace", "answered_by")
    row = rows.filter(workspace_id=workspace_id, pk=alarm_id).first()
    if row is None:
        raise NotFound(what="alarm")
    return row


def alarms(workspace_id: UUID, limit: int = PAGE) -> list[Alarm]:
    """The latest first, each with `strays`: how many."""
    rows = Alarm.objects.filter(workspace_id=workspace_id).select_related("answered_by")
    return list(rows.annotate(strays=Count("sightings")).order_by("-created_at", "-pk")[:limit])


def strays_of(alarm: Alarm) -> list[Sighting]:
    """Its posts in the order in which they were seen, those of one look by their ref, with channel, arrival and delivery. What else
    was seen meanwhile (a changed profile, say) is `beside`."""
    return [row for row in _of(alarm) if row.kind == "post"]


def beside(alarm: Alarm) -> list[Sighting]:
    """What was seen while the alarm was going on and is no post: profile, followers, changes."""
    return [row for row in _of(alarm) if row.kind != "post"]


def sighting_of(workspace_id: UUID, sighting_id: UUID) -> Sighting:
    """Raises: NotFound for none and for another workspace's alike."""
    rows = Sighting.objects.select_related("channel", "arrival", "delivery", "alarm", "answered_by")
    row = rows.filter(workspace_id=workspace_id, pk=sighting_id).first()
    if row is None:
        raise NotFound(what="sighting")
    return row


def sightings(
    workspace_id: UUID, *, states: Iterable[str] = (), limit: int = PAGE
) -> list[Sighting]:
    """The latest first, without what is still being looked at; optionally only those in `states`."""
    rows = Sighting.objects.filter(workspace_id=workspace_id).exclude(state="seen")
    if states:
        rows = rows.filter(state__in=list(states))
    found = rows.select_related("channel", "arrival", "delivery", "alarm", "answered_by")
    return list(found.order_by("-created_at", "-pk")[:limit])


def rules_of(workspace_id: UUID) -> list[HandRule]:
    """Those that hold, by channel."""
    rows = HandRule.objects.filter(channel__workspace_id=workspace_id, ended_at=None)
    return list(rows.select_related("channel", "by").order_by("channel__handle", "begins", "pk"))


@dataclass(frozen=True)
class Sight:
    """How soon a stray on this channel is seen. how: "stream", "push", "poll" or "never". every:
    between two looks. since: when the watch began (None: not yet). answers: whether answers are
    judged too (None: the channel is not known to the watch)."""

    channel: Channel
    how: str
    every: timedelta | None
    since: datetime | None
    answers: bool | None = None


def sights(workspace_id: UUID) -> list[Sight]:
    """Of each connected channel. Three queries."""
    rows = Channel.objects.filter(workspace_id=workspace_id, state="connected")
    channels = list(rows.order_by(*in_order()))
    cursors = {
        (one.channel_id, one.source): one for one in Cursor.objects.filter(channel__in=channels)
    }
    watched = {row.channel_id: row for row in Watched.objects.filter(channel__in=channels)}
    return [_sight(channel, cursors, watched.get(channel.pk)) for channel in channels]


def sight_of(workspace_id: UUID, channel_id: UUID) -> Sight:
    """Raises: NotFound for a channel that is not connected, and for another workspace's."""
    found = next((one for one in sights(workspace_id) if one.channel.pk == channel_id), None)
    if found is None:
        raise NotFound(what="channel")
    return found


def rests(workspace_id: UUID) -> bool:
    """Whether the watch rests because a restored ledger knows too little to judge by."""
    return any(hold.released_at is None for hold in quarantines(workspace_id))


def _of(alarm: Alarm) -> list[Sighting]:
    rows = Sighting.objects.filter(alarm=alarm)
    found = rows.select_related("channel", "arrival", "delivery", "answered_by")
    return list(found.order_by("created_at", "ref", "pk"))


def _sight(
    channel: Channel, cursors: dict[tuple[UUID, str], Cursor], watched: Watched | None
) -> Sight:
    since, answers = (watched.began_at, watched.answers) if watched else (None, None)
    known = networks().get(channel.network)
    polls = known.polls.get(Source.OWN_POSTS) if known else None
    if known is None or polls is None:
        return Sight(channel, "never", None, since, answers)
    every = timedelta(seconds=polls)
    pushed = cursors.get((channel.pk, Source.OWN_POSTS))
    if known.allows(Can.STREAM) and (channel.pk, "stream") in cursors:
        return Sight(channel, "stream", every, since, answers)
    if pushed is not None and pushed.pushed_at is not None:
        return Sight(channel, "push", every, since, answers)
    return Sight(channel, "poll", every, since, answers)
