"""What was seen on our accounts, and the hours of posts made by hand, by machines."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.strays import (
    HandRuleOut,
    HandRulesOut,
    HandRuleWish,
    SightingOut,
    SightingsOut,
    WatchedChannelOut,
    WatchedChannelsOut,
    WatchWish,
)
from breakwater.people.roles import Right
from breakwater.strays import selectors, services
from breakwater.strays.models import HandRule, Sighting
from breakwater.strays.services.rules import Wish

router = Router(tags=["strays"])
_RULES = "/w/{slug}/hand-rules"


@route(router, "GET", "/w/{slug}/sightings", right=Right.SEE, answer=SightingsOut)
def sightings(call: Call) -> SightingsOut:
    """The latest 50, the newest first."""
    rows = selectors.sightings(call.workspace_id)
    return SightingsOut(items=[_sighting(row) for row in rows])


@route(router, "GET", _RULES, right=Right.SEE, answer=HandRulesOut)
def rules(call: Call) -> HandRulesOut:
    """The hours for posts made by hand that hold."""
    return HandRulesOut(items=[_rule(row) for row in selectors.rules_of(call.workspace_id)])


@route(router, "POST", _RULES, right=Right.CONNECT, answer=HandRuleOut, status=201)
def add(call: Call, wish: HandRuleWish) -> HandRuleOut:
    """Posts made by hand on this channel in these hours wake nobody; all who may respond are told."""
    said = Wish(tuple(wish.weekdays), wish.begins, wish.ends, wish.why, wish.until)
    rule = services.add_rule(
        call.workspace_id, wish.channel_id, said, by=call.access.person.pk, now=call.now
    )
    return _rule(rule)


@route(router, "POST", _RULES + "/{hand_rule_id}/end", right=Right.CONNECT, answer=HandRuleOut)
def end(call: Call, hand_rule_id: UUID) -> HandRuleOut:
    """The rule holds no more; one that had ended stays so."""
    rule = services.end_rule(
        call.workspace_id, hand_rule_id, by=call.access.person.pk, now=call.now
    )
    return _rule(rule)


@route(router, "GET", "/w/{slug}/watched", right=Right.SEE, answer=WatchedChannelsOut)
def watched(call: Call) -> WatchedChannelsOut:
    """How soon a stray on each connected channel is seen, and what is judged there."""
    return WatchedChannelsOut(items=[_sight(one) for one in selectors.sights(call.workspace_id)])


@route(
    router, "PUT", "/w/{slug}/watched/{channel_id}", right=Right.CONNECT, answer=WatchedChannelOut
)
def judge_answers(call: Call, channel_id: UUID, wish: WatchWish) -> WatchedChannelOut:
    """Answers in the account's name that come from now on are judged as its posts are, or not."""
    selectors.sight_of(call.workspace_id, channel_id)
    by = call.access.person.pk
    services.judge_answers(call.workspace_id, channel_id, wish.answers, by=by, now=call.now)
    return _sight(selectors.sight_of(call.workspace_id, channel_id))


def _sight(one: selectors.Sight) -> WatchedChannelOut:
    every = int(one.every.total_seconds()) if one.every else None
    return WatchedChannelOut(
        channel_id=one.channel.pk, how=one.how, every_s=every, since=one.since,
        answers=bool(one.answers),
    )  # fmt: skip


def _sighting(row: Sighting) -> SightingOut:
    return SightingOut(
        id=row.pk, channel_id=row.channel_id, kind=row.kind, state=row.state, code=row.code,
        remote_id=row.ref, url=row.url, at=row.created_at, delivery_id=row.delivery_id,
        alarm_id=row.alarm_id, confirmed=row.confirmed,
    )  # fmt: skip


def _rule(row: HandRule) -> HandRuleOut:
    return HandRuleOut(
        id=row.pk, channel_id=row.channel_id, weekdays=list(row.weekdays), begins=row.begins,
        ends=row.ends, until=row.until, why=row.why,
    )  # fmt: skip
