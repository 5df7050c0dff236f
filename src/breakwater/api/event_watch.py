"""The event watch: signals that propose, news feeds, days of mourning."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.pause_review import (
    MourningDayOut,
    MourningDaysOut,
    MourningDayWish,
    NewsFeedOut,
    NewsFeedsOut,
    NewsFeedWish,
    SignalDismissWish,
    SignalHitOut,
    SignalTapWish,
    WatchSignalOut,
    WatchSignalsOut,
    WatchSwitchWish,
)
from breakwater.pauses.days import Kept, days_of
from breakwater.pauses.models import Feed, Signal
from breakwater.pauses.services import feeds as service
from breakwater.pauses.services import keeping_days, watching
from breakwater.pauses.watching import feeds_of, signals_of
from breakwater.people.roles import Right

router = Router(tags=["pauses"])
_W = "/w/{slug}"


@route(router, "GET", _W + "/signals", right=Right.SEE, answer=WatchSignalsOut)
def signals(call: Call) -> WatchSignalsOut:
    """The newest 50. None of them has paused anything."""
    return WatchSignalsOut(items=[_signal(row) for row in signals_of(call.workspace_id)])


@route(router, "POST", _W + "/signals", right=Right.PAUSE, answer=WatchSignalOut, status=201)
def tap(call: Call, wish: SignalTapWish) -> WatchSignalOut:
    """A person says that something has happened; those who may pause are told."""
    return _signal(watching.tap(call.access, wish.what, now=call.now))


@route(
    router, "POST", _W + "/signals/{signal_id}/dismiss", right=Right.PAUSE, answer=WatchSignalOut
)
def dismiss(call: Call, signal_id: UUID, wish: SignalDismissWish) -> WatchSignalOut:
    """It is no reason to pause."""
    row = watching.signal_of(call.workspace_id, signal_id)
    return _signal(watching.dismiss(call.access, row, wish.why, now=call.now))


@route(router, "GET", _W + "/feeds", right=Right.SEE, answer=NewsFeedsOut)
def feeds(call: Call) -> NewsFeedsOut:
    """The news feeds that are listened to, by name."""
    return NewsFeedsOut(items=[_feed(row) for row in feeds_of(call.workspace_id)])


@route(router, "POST", _W + "/feeds", right=Right.INVITE, answer=NewsFeedOut, status=201)
def add_feed(call: Call, wish: NewsFeedWish) -> NewsFeedOut:
    """It is asked every ten minutes from now on."""
    return _feed(service.add_feed(call.access, wish.url, wish.name, now=call.now))


@route(router, "POST", _W + "/feeds/{feed_id}", right=Right.INVITE, answer=NewsFeedOut)
def switch_feed(call: Call, feed_id: UUID, wish: WatchSwitchWish) -> NewsFeedOut:
    """Whether it is asked from now on."""
    return _feed(service.switch_feed(call.access, feed_id, on=wish.on, now=call.now))


@route(router, "DELETE", _W + "/feeds/{feed_id}", right=Right.INVITE, status=204)
def remove_feed(call: Call, feed_id: UUID) -> None:
    """It and its headlines are gone."""
    service.remove_feed(call.access, feed_id, now=call.now)


@route(router, "GET", _W + "/days", right=Right.SEE, answer=MourningDaysOut)
def days(call: Call) -> MourningDaysOut:
    """Shipped ones and the workspace's own, in the order of the year."""
    return MourningDaysOut(items=[_day(one) for one in days_of(call.workspace_id)])


@route(router, "POST", _W + "/days", right=Right.INVITE, answer=MourningDaysOut, status=201)
def add_day(call: Call, wish: MourningDayWish) -> MourningDaysOut:
    """A day of the workspace's own, of one year or of every year."""
    wording = keeping_days.Wording(
        wish.month, wish.day, wish.year, wish.en, wish.fr, source=wish.source
    )
    keeping_days.add_day(call.access, wording, now=call.now)
    return days(call)


@route(router, "POST", _W + "/days/{day_name}", right=Right.INVITE, answer=MourningDaysOut)
def switch_day(call: Call, day_name: str, wish: WatchSwitchWish) -> MourningDaysOut:
    """Whether the day is watched. day_name: as in the list."""
    keeping_days.switch_day(call.access, day_name, on=wish.on, now=call.now)
    return days(call)


@route(router, "DELETE", _W + "/days/{day_name}", right=Right.INVITE, status=204)
def remove_day(call: Call, day_name: str) -> None:
    """One's own is gone; a shipped one is not watched any more."""
    keeping_days.remove_day(call.access, day_name, now=call.now)


def _signal(row: Signal) -> WatchSignalOut:
    hits = [
        SignalHitOut(
            version=one["version"], post=one["post"], title=one["title"], when=one["when"],
            words=one["words"],
        )
        for one in row.hits
    ]  # fmt: skip
    return WatchSignalOut(
        id=row.pk, why=row.why, state=row.state, at=row.created_at, facts=row.facts, hits=hits,
        pause_id=row.pause_id,
    )  # fmt: skip


def _feed(row: Feed) -> NewsFeedOut:
    return NewsFeedOut(
        id=row.pk, url=row.url, name=row.name, on=row.on, read_at=row.read_at, trouble=row.trouble
    )


def _day(one: Kept) -> MourningDayOut:
    return MourningDayOut(
        name=str(one.id or one.key), month=one.month, day=one.day, year=one.year, en=one.en,
        fr=one.fr, country=one.country, source=one.source, on=one.on,
    )  # fmt: skip
