"""Signals: news that rise together, many who speak of us, a day of mourning, a colleague's tap.
They propose to look. None of them ever pauses."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.jarring import Event, event_of, names_in_news
from breakwater.domain.spikes import WITHIN, Headline, spike
from breakwater.domain.walltime import local
from breakwater.insights.selectors import bursts
from breakwater.notices.services import tell
from breakwater.notices.services.bounding import enough, key_for
from breakwater.pauses.days import days_of, falling
from breakwater.pauses.jarring_posts import would_jar
from breakwater.pauses.lifecycle import SIGNAL
from breakwater.pauses.models import Feed, Heard, Pause, Signal
from breakwater.pauses.newsreading import News, clean, key_of, web_address
from breakwater.pauses.services.feeds import stored
from breakwater.pauses.services.pausing import reason
from breakwater.people.checks import may
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

AGAIN = timedelta(hours=24)
"""What was proposed is not proposed again within this, however it was answered."""
TAPS = 20
"""Of one person within the hour."""
AN_HOUR = timedelta(hours=1)
NEWS_DAYS = timedelta(days=7)
NEWS = 5_000
SHOWN = 8

Item = tuple[str, str, str, datetime]
"""Of what is handed in: name of the feed, title, address, moment."""


def tap(by: Access, what: str, *, now: datetime) -> Signal:
    """A colleague says that something has happened; people are told of it as often as
    notices.services.bounding lets them. Raises: Forbidden; Invalid "why_needed", "far_too_many"."""
    may(by, Right.PAUSE)
    said = reason(what)
    own = Signal.objects.filter(workspace=by.workspace, why="person")
    key = f"{by.person.pk}:{key_of('', said)[:40]}"
    mine = own.filter(key__startswith=f"{by.person.pk}:", created_at__gt=now - AN_HOUR)
    if mine.exclude(key=key).count() >= TAPS:
        raise Invalid(code="far_too_many", field="what", limit=TAPS)
    facts = {"said": said, "person": by.person.name}
    made = _raise(by.workspace, "person", key, facts, event_of(said), now, by=by.person.pk)
    return made or own.filter(key=key).latest("created_at")


def look(*, now: datetime) -> int:
    """All that may be a reason to pause is looked at, in every workspace; how many new signals.
    Where everything is paused already, nothing is proposed."""
    paused = set(Pause.objects.exclude(state="ended").values_list("workspace_id", flat=True))
    found = 0
    for workspace in Workspace.objects.exclude(pk__in=paused).order_by("pk"):
        found += look_at(workspace, now=now)
    return found


def look_at(workspace: Workspace, *, now: datetime) -> int:
    """As `look`, of one workspace."""
    made = [
        _of_news(workspace, now), *_of_mentions(workspace, now), *_of_days(workspace, now),
    ]  # fmt: skip
    return sum(1 for one in made if one is not None)


def heard(workspace: Workspace, items: Sequence[Item], *, now: datetime) -> int:
    """News that are handed in and not fetched (a drill's); the feeds are made as they are named.
    How many are new."""
    found = 0
    for name in dict.fromkeys(item[0] for item in items):
        feed, _ = Feed.objects.get_or_create(
            workspace=workspace, url=f"handed:{name}"[:1000],
            defaults={"name": name[:100], "handed": True, "next_at": now, "created_at": now},
        )  # fmt: skip
        news = [
            News(key_of(title, url), clean(title), web_address(url), at)
            for own, title, url, at in items
            if own == name
        ]
        found += stored(feed, news, now=now)
    return found


def dismiss(by: Access, signal: Signal, why: str, *, now: datetime) -> Signal:
    """The signal is no reason to pause. Raises: Forbidden; Invalid("why_needed"); StaleState."""
    may(by, Right.PAUSE)
    said = reason(why)
    return move(
        signal, SIGNAL, "dismissed", by=by.person.pk, now=now, why={"why": said}, by_id=by.person.pk,
        dismissed_why=said,
    )  # fmt: skip


def led_to(by: Access, signal: Signal, pause: Pause, *, now: datetime) -> Signal:
    """The signal was the reason of this pause. Raises: StaleState."""
    return move(
        signal, SIGNAL, "paused", by=by.person.pk, now=now, by_id=by.person.pk, pause_id=pause.pk
    )


def signal_of(workspace_id: UUID, signal_id: UUID) -> Signal:
    found = Signal.objects.filter(workspace_id=workspace_id, pk=signal_id).first()
    if found is None:
        raise NotFound(what="signal")
    return found


def _of_news(workspace: Workspace, now: datetime) -> Signal | None:
    rows = Heard.objects.filter(
        feed__workspace=workspace, feed__on=True, at__gte=now - NEWS_DAYS
    ).order_by("-at")  # fmt: skip
    if not rows.filter(at__gte=now - WITHIN).exists():
        return None
    lines = [(row.feed_id, row.title, row.at, row.url) for row in rows[:NEWS]]
    found = spike([Headline(feed, title, at) for feed, title, at, _ in lines], now)
    if found is None:
        return None
    urls = {(feed, title): url for feed, title, _, url in lines}
    shown = [{"title": one.title, "url": urls[one.feed, one.title]} for one in found.headlines]
    titles = [one.title for one in found.headlines]
    facts = {
        "words": list(found.words), "feeds": len(found.feeds), "headlines": shown[:SHOWN],
        "names": list(names_in_news(titles)),
    }  # fmt: skip
    return _raise(workspace, "feeds", found.key[:120], facts, event_of("", titles), now)


def _of_mentions(workspace: Workspace, now: datetime) -> Iterable[Signal | None]:
    for one in bursts(workspace, now)[:3]:
        facts = {"last": one.last, "mean": round(one.mean, 1), "channel": str(one.channel_id)}
        key = f"{one.channel_id}"
        yield _raise(workspace, "mentions", key, facts, Event(), now)


def _of_days(workspace: Workspace, now: datetime) -> Iterable[Signal | None]:
    """Proposed on the eve, so that the day's plan can still be looked at."""
    today = local(now, workspace.zone).date()
    kept = days_of(workspace.pk)
    for day in (today, today + timedelta(days=1)):
        for one in falling(kept, day):
            facts = {"en": one.en, "fr": one.fr, "day": day.isoformat(), "source": one.source}
            key = f"{day.isoformat()}:{one.key or one.id}"
            yield _raise(workspace, "day", key, facts, event_of(f"{one.en}\n{one.fr}"), now)


def _raise(
    workspace: Workspace,
    why: str,
    key: str,
    facts: dict[str, Any],
    event: Event,
    now: datetime,
    *,
    by: UUID | None = None,
) -> Signal | None:
    """A new signal, told to those who may pause; None where it was proposed lately. by: who said so,
    and of whom people hear no more often than is bounded."""
    before = Signal.objects.filter(workspace=workspace, why=why, key=key)
    if why != "day":  # its key is of one date: said once
        before = before.filter(Q(created_at__gt=now - AGAIN) | Q(state="open"))
    if before.exists():
        return None
    hits = would_jar(workspace.pk, event, now=now)
    try:
        with transaction.atomic():
            code = f"signal_{why}"
            silent = by is not None and enough(workspace.pk, code, by, now=now)
            row = Signal.objects.create(
                workspace=workspace, why=why, key=key, facts=facts, hits=hits, state_at=now,
                created_at=now,
            )  # fmt: skip
            data = {"why": why, "hits": len(hits)}
            record([Fact(workspace.pk, "signal.raised", "signal", row.pk, data)], by=None, now=now)
            if not silent:
                told_as = key_for(code, by, row.pk) if by else str(row.pk)
                _tell(row, code, told_as, now)
    except IntegrityError:  # somebody else looked at the same moment
        return None
    return row


def _tell(row: Signal, code: str, key: str, now: datetime) -> None:
    workspace = row.workspace
    tell(
        with_right(workspace.pk, Right.PAUSE), code, key=key,
        data={"workspace": workspace.name, "n": len(row.hits)},
        path=f"/w/{workspace.slug}/watch/", workspace_id=workspace.pk, now=now,
    )  # fmt: skip
