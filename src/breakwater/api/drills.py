"""Practising a crisis: what there is to practise, beginning it, its times, ending it."""

from uuid import UUID

from django.utils.translation import get_language
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.drills import DrillOut, DrillsOut, DrillWish, ScenarioOut, StepOut
from breakwater.domain.errors import NotFound
from breakwater.drills import selectors
from breakwater.drills.models import Drill
from breakwater.drills.script import Scenario, said, scenarios
from breakwater.drills.services import Wish, begin, end
from breakwater.drills.times import times
from breakwater.people.roles import Right
from breakwater.people.selectors import access

router = Router(tags=["drills"])


@route(router, "GET", "/w/{slug}/drills", right=Right.SEE, answer=DrillsOut)
def drills(call: Call) -> DrillsOut:
    """What can be practised, and the drills begun or played here in which this person takes part."""
    found = selectors.drills_of(call.workspace_id, call.access.person)
    return DrillsOut(
        scenarios=[_scenario(one) for one in scenarios().values()],
        items=[_drill(one) for one in found],
    )


@route(router, "POST", "/w/{slug}/drills", right=Right.INVITE, answer=DrillOut, status=201)
def new_drill(call: Call, wish: DrillWish) -> DrillOut:
    """A drill begins, in a workspace of its own; its people are told."""
    wanted = Wish(
        scenario=wish.scenario,
        language=wish.language,
        speed=wish.speed,
        people={one.person_id: one.role for one in wish.people},
    )
    return _drill(begin(call.access, wanted, now=call.now))


@route(router, "GET", "/w/{slug}/drills/{drill_id}", right=Right.SEE, answer=DrillOut)
def drill(call: Call, drill_id: UUID) -> DrillOut:
    """How far the drill is, and its times so far."""
    return _drill(_of(call, drill_id))


@route(
    router, "POST", "/w/{slug}/drills/{drill_id}/end", right=Right.INVITE, answer=DrillOut,
    apart=True,
)  # fmt: skip
def end_drill(call: Call, drill_id: UUID) -> DrillOut:
    """What has not happened yet does not; the practice accounts are closed; the times stay."""
    found = _of(call, drill_id)
    by = access(call.access.person, found.workspace.slug, Right.INVITE)
    return _drill(end(by, found, now=call.now))


def _of(call: Call, drill_id: UUID) -> Drill:
    found = selectors.drills_of(call.workspace_id, call.access.person)
    one = next((row for row in found if row.pk == drill_id), None)
    if one is None:
        raise NotFound(what="drill")
    return one


def _scenario(one: Scenario) -> ScenarioOut:
    language = get_language() or "en"
    return ScenarioOut(
        slug=one.slug, name=said(one.name, language), about=said(one.about, language),
        minutes=one.minutes, posts=one.posts,
    )  # fmt: skip


def _drill(one: Drill) -> DrillOut:
    how = selectors.progress(one)
    return DrillOut(
        id=one.pk, slug=one.workspace.slug, scenario=one.scenario, language=one.language,
        speed=one.speed, state=one.state, began_at=one.began_at, ended_at=one.ended_at,
        posted=how.posted, met_closed_door=how.met, said=how.said,
        steps=[
            StepOut(
                name=step.name, at=step.at, fact=step.fact, minutes=step.minutes,
                seconds=step.seconds, theirs=step.theirs,
            )
            for step in times(one)
        ],
    )  # fmt: skip
