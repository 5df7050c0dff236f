"""What an incident did to us, as far as it can be seen here: read, never judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet, Sum

from breakwater.channels.models import Channel, Reading
from breakwater.domain.damage import WINDOWS, Counted, Volume, usual_of, volume
from breakwater.domain.spread import LOOKS_BACK, hour_of, hours_between
from breakwater.inbox.models import Answer, Contact, Item, Thread
from breakwater.incidents.models import Incident, Measure, Subject
from breakwater.incidents.selectors import Phase, clock
from breakwater.insights.selectors import Hour, hours, known_since
from breakwater.networks.base import Metric

AMPLIFIERS = 5
EARLIER = 5
REACHED = (Metric.REACH, Metric.VIEWS)
"""People, where the network counts them; else how often it was seen."""
ENGAGED = (Metric.LIKES, Metric.COMMENTS, Metric.SHARES)


@dataclass(frozen=True)
class Amplifier:
    """Somebody below whose name much was said in it. items: messages that we can see."""

    contact: Contact
    items: int


@dataclass(frozen=True)
class Damage:
    """The figures of one incident in one window. window: hours. series: (hour, said, usual).

    reach: the latest that the networks gave of its posts, people or else views, and engagement: None:
    none did. counted: of how many of its posts they gave anything, of `posts`. below: messages
    below its posts. followers_lost: at most 0 is 0; None: they were not read before and after.
    unanswered: conversations of that time that wait for us; answered_at: our first answer in one.
    """

    window: int
    volume: Volume
    series: tuple[tuple[datetime, int, float | None], ...]
    below: int
    reach: int | None
    engagement: int | None
    counted: int
    posts: int
    followers_before: int | None
    followers_after: int | None
    unanswered: int
    answered_at: datetime | None
    phases: tuple[Phase, ...]
    amplifiers: tuple[Amplifier, ...]

    @property
    def followers_lost(self) -> int | None:
        if self.followers_before is None or self.followers_after is None:
            return None
        return max(0, self.followers_before - self.followers_after)


def damage(incident: Incident, window: int, now: datetime) -> Damage:
    """Of the channels of its posts; of all of the workspace where it has none. window: of WINDOWS."""
    channels = _channels(incident)
    begin = hour_of(incident.began_at)
    until = min(incident.began_at + WINDOWS[window], now)
    there = known_since(channels) or incident.began_at
    rows = hours(channels, begin - LOOKS_BACK, now)
    counted = [Counted(one.at, one.total, one.scored, one.negative) for one in rows if one.total]
    said = _said(channels, begin, until)
    about = list(Subject.objects.filter(incident=incident).values_list("remote_id", flat=True))
    before, after = _followers(incident, channels, until)
    given = _given(channels, about)
    return Damage(
        window=window,
        volume=volume(counted, began_at=incident.began_at, until=until, now=now, known_since=there),
        series=_series(rows, incident.began_at, until, there),
        below=said.filter(thread__about__in=about).count() if about else 0,
        reach=_sum(_first(own, REACHED) for own in given),
        engagement=_sum(_all(own, ENGAGED) for own in given),
        counted=len(given),
        posts=len(about),
        followers_before=before,
        followers_after=after,
        unanswered=_talks(said).filter(state="open", waiting__gt=0).count(),
        answered_at=_answered(said, begin),
        phases=tuple(clock(incident)),
        amplifiers=_amplifiers(said),
    )


def numbers_of(found: Damage) -> dict[str, Any]:
    """What is frozen of it, as plain values: no person is in it."""
    own = found.volume
    return {
        "window": found.window,
        "days_before": own.days,
        "total": own.total,
        "expected": own.expected,
        "excess": own.excess,
        "times": own.times,
        "negative": own.negative,
        "negative_before": own.negative_before,
        "peak": own.peak,
        "peak_at": _iso(own.peak_at),
        "calm_at": _iso(own.calm_at),
        "below": found.below,
        "reach": found.reach,
        "engagement": found.engagement,
        "counted": found.counted,
        "posts": found.posts,
        "followers_before": found.followers_before,
        "followers_after": found.followers_after,
        "followers_lost": found.followers_lost,
        "unanswered": found.unanswered,
        "answered_at": _iso(found.answered_at),
        **{f"{one.name}_min": one.after_min for one in found.phases},
    }


def earlier(incident: Incident) -> list[Measure]:
    """The last figures that were kept of each of the five incidents before it, the latest first."""
    others = Incident.objects.filter(workspace_id=incident.workspace_id, number__lt=incident.number)
    last = others.annotate(last=Max("measures__created_at")).filter(last__isnull=False)
    moments = dict(last.order_by("-number").values_list("pk", "last")[:EARLIER])
    rows = Measure.objects.filter(incident_id__in=list(moments)).select_related("incident")
    newest = [row for row in rows if row.created_at == moments[row.incident_id]]
    return sorted(newest, key=lambda row: -row.incident.number)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _channels(incident: Incident) -> list[UUID]:
    own = Subject.objects.filter(incident=incident).order_by().values_list("channel", flat=True)
    if found := list(own.distinct()):
        return found
    rows = Channel.objects.filter(workspace_id=incident.workspace_id)
    return list(rows.exclude(state="disconnected").values_list("pk", flat=True))


def _series(
    rows: Sequence[Hour], began_at: datetime, until: datetime, there: datetime
) -> tuple[tuple[datetime, int, float | None], ...]:
    counts = {one.at: float(one.total) for one in rows}
    return tuple(
        (
            at,
            int(counts.get(at, 0)),
            usual_of(counts, at, began_at=began_at, known_since=there),
        )
        for at in hours_between(hour_of(began_at), until)
    )


def _said(channels: Sequence[UUID], since: datetime, until: datetime) -> "QuerySet[Item]":
    return Item.objects.filter(
        thread__channel_id__in=list(channels), at__gte=since, at__lt=until, own=False
    )


def _talks(said: "QuerySet[Item]") -> "QuerySet[Thread]":
    return Thread.objects.filter(pk__in=said.values("thread"))


def _answered(said: "QuerySet[Item]", begin: datetime) -> datetime | None:
    rows = Answer.objects.filter(thread__in=said.values("thread"), deed="", created_at__gte=begin)
    found: datetime | None = (
        rows.order_by("created_at").values_list("created_at", flat=True).first()
    )
    return found


def _amplifiers(said: "QuerySet[Item]") -> tuple[Amplifier, ...]:
    rows = said.filter(contact__isnull=False).order_by().values_list("contact")
    counted = rows.annotate(n=Count("pk")).filter(n__gt=1).order_by("-n", "contact")
    most = dict(counted[:AMPLIFIERS])
    found = Contact.objects.in_bulk(list(most))
    return tuple(Amplifier(found[pk], n) for pk, n in most.items() if pk in found)


def _given(channels: Sequence[UUID], about: Sequence[str]) -> list[dict[str, int]]:
    """Of each of its posts of which the networks gave anything: metric -> as last read."""
    rows = Reading.objects.filter(channel__in=list(channels), about__in=[x for x in about if x])
    found: dict[tuple[UUID, str], dict[str, int]] = {}
    for row in rows.order_by("day", "at"):
        found.setdefault((row.channel_id, row.about), {})[row.metric] = row.value
    return list(found.values())


def _first(own: Mapping[str, int], metrics: Sequence[Metric]) -> int | None:
    return next((own[one.value] for one in metrics if one.value in own), None)


def _all(own: Mapping[str, int], metrics: Sequence[Metric]) -> int | None:
    return _sum(own.get(one.value) for one in metrics)


def _sum(values: Iterable[int | None]) -> int | None:
    """None where none of them is known."""
    known = [one for one in values if one is not None]
    return sum(known) if known else None


def _followers(
    incident: Incident, channels: Sequence[UUID], until: datetime
) -> tuple[int | None, int | None]:
    """Of all these channels together: as last read before the day it began, and last in the window."""
    zone = ZoneInfo(incident.workspace.zone)
    begin, end = incident.began_at.astimezone(zone).date(), until.astimezone(zone).date()
    before = _sum_on(channels, Q(day__lt=begin, day__gte=begin - timedelta(days=7)))
    after = _sum_on(channels, Q(day__gt=begin, day__lte=end))
    return before, after


def _sum_on(channels: Sequence[UUID], days: Q) -> int | None:
    """None where one of the channels has no reading there: half a sum would be a fall."""
    rows = Reading.objects.filter(days, channel__in=list(channels), about="")
    own = rows.filter(metric=Metric.FOLLOWERS.value)
    last: dict[UUID, date] = dict(own.order_by().values_list("channel").annotate(last=Max("day")))
    if not channels or set(last) != set(channels):
        return None
    exact = Q()
    for channel, day in last.items():
        exact |= Q(channel=channel, day=day)
    found: int | None = own.filter(exact).aggregate(sum=Sum("value"))["sum"]
    return found
