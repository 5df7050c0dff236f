"""A workspace's guidelines, as on their pages."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.guidelines import (
    GuidelineMetOut,
    GuidelineOut,
    GuidelinesOut,
    GuidelineTriedOut,
    GuidelineWish,
)
from breakwater.domain.guidelines import Effect, Kind
from breakwater.guidelines import selectors, services
from breakwater.guidelines.models import Guideline
from breakwater.people.roles import Right
from breakwater.publishing.services import try_guideline, turn_on_guideline

router = Router(tags=["guidelines"])
_ONE = "/w/{slug}/guidelines/{guideline_id}"


@route(router, "GET", "/w/{slug}/guidelines", right=Right.INVITE, answer=GuidelinesOut)
def guidelines(call: Call) -> GuidelinesOut:
    """What the workspace has written down about its posts."""
    return GuidelinesOut(items=[_shown(row) for row in selectors.guidelines_of(call.workspace_id)])


@route(router, "POST", "/w/{slug}/guidelines", right=Right.INVITE, answer=GuidelineOut, status=201)
def add(call: Call, wish: GuidelineWish) -> GuidelineOut:
    """A guideline is written down. It is off until it was tried and turned on."""
    return _shown(services.add(call.access, _wish(wish), incident=wish.incident, now=call.now))


@route(router, "GET", _ONE, right=Right.INVITE, answer=GuidelineOut)
def guideline(call: Call, guideline_id: UUID) -> GuidelineOut:
    """One guideline, with whether it was tried."""
    return _shown(selectors.guideline_of(call.workspace_id, guideline_id))


@route(router, "PUT", _ONE, right=Right.INVITE, answer=GuidelineOut)
def change(call: Call, guideline_id: UUID, wish: GuidelineWish) -> GuidelineOut:
    """It says this from now on. Where that may find something else it is off until it was tried again;
    the incident stays what it was."""
    return _shown(services.change(call.access, guideline_id, _wish(wish), now=call.now))


@route(router, "DELETE", _ONE, right=Right.INVITE, status=204)
def remove(call: Call, guideline_id: UUID) -> None:
    """The guideline is gone; the record keeps what it said."""
    services.remove(call.access, guideline_id, now=call.now)


@route(router, "POST", f"{_ONE}/try", right=Right.INVITE, answer=GuidelineTriedOut)
def trial(call: Call, guideline_id: UUID) -> GuidelineTriedOut:
    """It is held against the 500 posts that left last; from then on it may be turned on."""
    found = try_guideline(call.access, guideline_id, now=call.now)
    met = [
        GuidelineMetOut(post_id=one.post.pk, title=one.post.title, found=one.found)
        for one in found.met
    ]
    return GuidelineTriedOut(posts=found.posts, hits=found.hits, met=met)


@route(router, "POST", f"{_ONE}/on", right=Right.INVITE, answer=GuidelineOut)
def turn_on(call: Call, guideline_id: UUID) -> GuidelineOut:
    """Drafts are held against it from now on; those who plan are told of planned posts that it meets."""
    row, _planned = turn_on_guideline(call.access, guideline_id, now=call.now)
    return _shown(row)


@route(router, "POST", f"{_ONE}/off", right=Right.INVITE, answer=GuidelineOut)
def turn_off(call: Call, guideline_id: UUID) -> GuidelineOut:
    """Nothing is held against it any more; what it held waits for a person."""
    return _shown(services.turn_off(call.access, guideline_id, now=call.now))


def _wish(wish: GuidelineWish) -> services.Wish:
    value = wish.value.model_dump(by_alias=True, exclude_none=True)
    return services.Wish(wish.kind, value, wish.effect, wish.clause, wish.since, wish.until)


def _shown(row: Guideline) -> GuidelineOut:
    fresh = row.tried == row.revision
    return GuidelineOut(
        id=row.pk,
        kind=Kind(row.kind),
        value=row.value,
        effect=Effect(row.effect),
        clause=row.clause,
        on=row.on,
        tried=fresh,
        found=row.found if fresh else None,
        since=row.since,
        until=row.until,
        incident=row.incident,
        at=row.created_at,
    )
