"""Incidents: opened, worked on, decided, answered in public, measured and closed."""

from typing import Any
from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.incidents import (
    ActionOut,
    ActionWish,
    AdviceOut,
    AdviceWish,
    ClosingWish,
    IncidentOut,
    IncidentsOut,
    IncidentWithAllOut,
    LineOut,
    LineWish,
    MeasureOut,
    MeasureWish,
    OpenWish,
    PhaseOut,
    StatementOut,
    StatementWish,
    TaskOut,
    VerdictOut,
    VerdictWish,
)
from breakwater.domain.decisions import Facts
from breakwater.incidents import selectors
from breakwater.incidents.models import Incident, Task
from breakwater.incidents.services import (
    deciding,
    measuring,
    reviewing,
    saying,
    tasks,
    timeline,
    working,
)
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.people.roles import Right

router = Router(tags=["incidents"])
_HERE = "/w/{slug}/incidents"
_ONE = f"{_HERE}/{{incident_id}}"


@route(router, "GET", _HERE, right=Right.RESPOND, answer=IncidentsOut)
def listed(call: Call) -> IncidentsOut:
    """The latest first, 100 at most."""
    return IncidentsOut(
        items=[IncidentOut(**_shown(one)) for one in selectors.incidents(call.workspace_id)]
    )


@route(router, "POST", _HERE, right=Right.RESPOND, answer=IncidentOut, status=201)
def begin(call: Call, wish: OpenWish) -> IncidentOut:
    """The incident, with the tasks of its playbook; opened from the same thing before, that one."""
    opening = Opening(
        wish.kind, wish.title, wish.severity, from_kind=wish.from_kind, from_id=wish.from_id
    )
    return IncidentOut(**_shown(open_incident(call.access, opening, via="api", now=call.now)))


@route(router, "GET", _ONE, right=Right.RESPOND, answer=IncidentWithAllOut)
def one(call: Call, incident_id: UUID) -> IncidentWithAllOut:
    """With its clock, its timeline (newest first) and its tasks. No text of a post is in it."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    return IncidentWithAllOut(
        **_shown(own),
        phases=[
            PhaseOut(name=p.name, at=p.at, after_min=p.after_min) for p in selectors.clock(own)
        ],
        timeline=[
            LineOut(at=e.at, by=e.by_id, via=e.via, code=e.code, data=e.data, text=e.text)
            for e in selectors.timeline(own)
        ],
        tasks=[_task(row) for row in selectors.tasks(own)],
    )


@route(router, "POST", f"{_ONE}/timeline", right=Right.RESPOND, status=204)
def add_line(call: Call, incident_id: UUID, wish: LineWish) -> None:
    """A line of one's own. Nobody can change or remove it."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    timeline.write(call.access, own, wish.text, via="api", now=call.now)


@route(router, "POST", f"{_HERE}/tasks/{{task_id}}/done", right=Right.RESPOND, answer=TaskOut)
def task_done(call: Call, task_id: UUID) -> TaskOut:
    """The task is done, by the token's person."""
    return _task(tasks.done(call.access, task_id, via="api", now=call.now))


@route(router, "POST", f"{_ONE}/advice", right=Right.RESPOND, answer=AdviceOut, status=201)
def advice(call: Call, incident_id: UUID, wish: AdviceWish) -> AdviceOut:
    """Delete or leave: what the sources say of such a post. Never a verdict."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    row = deciding.ask(call.access, own, _facts(wish), now=call.now)
    return AdviceOut(
        id=row.pk, outcome=row.outcome, cluster=row.cluster, lines=row.lines, edition=row.edition
    )


@route(
    router, "POST", f"{_HERE}/advice/{{advice_id}}/verdict", right=Right.RESPOND,
    answer=VerdictOut, status=201,
)  # fmt: skip
def verdict(call: Call, advice_id: UUID, wish: VerdictWish) -> VerdictOut:
    """The decision of the token's person, signed. Nothing is deleted by it."""
    row = deciding.decide(call.access, advice_id, wish.decision, wish.why, via="api", now=call.now)
    return VerdictOut(id=row.pk, decision=row.decision, why=row.why, at=row.created_at)


@route(router, "POST", f"{_ONE}/statement", right=Right.RESPOND, answer=StatementOut, status=201)
def statement(call: Call, incident_id: UUID, wish: StatementWish) -> StatementOut:
    """It waits for a yes of somebody who did not write it, and leaves with it, whatever is paused."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    draft = saying.Draft(
        kind=wish.kind, language=wish.language, parts=dict(wish.parts),
        channels=tuple(wish.channels), proof=wish.proof, author_willing=wish.author_willing,
        signer=wish.signer, signer_named=wish.signer_named, as_thread=wish.as_thread,
        alone=wish.alone, of=wish.of,
    )  # fmt: skip
    row = saying.write(call.access, own, draft, now=call.now)
    return StatementOut(
        id=row.pk, kind=row.kind, language=row.language, post_id=row.post_id, of=row.of_id
    )


@route(router, "POST", f"{_ONE}/measure", right=Right.RESPOND, answer=MeasureOut, status=201)
def measure(call: Call, incident_id: UUID, wish: MeasureWish) -> MeasureOut:
    """The figures as they are now, kept."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    row = measuring.measure(call.access, own, wish.window, via="api", now=call.now)
    return MeasureOut(id=row.pk, at=row.created_at, window=row.window, numbers=row.numbers)


@route(router, "POST", f"{_ONE}/actions", right=Right.RESPOND, answer=ActionOut, status=201)
def add_action(call: Call, incident_id: UUID, wish: ActionWish) -> ActionOut:
    """Something is to change; its owner is reminded until it has."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    row = reviewing.add_action(
        call.access, own, wish.text, wish.kind, owner=wish.owner, due_at=wish.due_at, now=call.now
    )
    return ActionOut(id=row.pk, text=row.text, kind=row.kind, state=row.state, due_at=row.due_at)


@route(router, "POST", f"{_ONE}/close", right=Right.RESPOND, answer=IncidentOut)
def close(call: Call, incident_id: UUID, wish: ClosingWish) -> IncidentOut:
    """The incident is over; its review is written, or it is said why not."""
    own = selectors.incident_of(call.workspace_id, incident_id)
    row = working.close(call.access, own, why=wish.why, via="api", now=call.now)
    return IncidentOut(**_shown(row))


def _facts(wish: AdviceWish) -> Facts:
    kept = wish.negligence
    return Facts(
        origin=wish.origin, harm=frozenset(wish.harm), minors=wish.minors,
        captured_elsewhere=wish.captured_elsewhere, history=wish.history,
        reputation=wish.reputation, evident=wish.evident, pressed_by=wish.pressed_by,
        negligence=None if kept is None else frozenset(kept),
    )  # fmt: skip


def _shown(row: Incident) -> dict[str, Any]:
    containment = selectors.containment_of(row)
    return {
        "id": row.pk, "number": row.number, "title": row.title, "kind": row.kind,
        "severity": row.severity, "state": row.state, "began_at": row.began_at,
        "noticed_at": row.noticed_at, "containing": containment.state if containment else "",
    }  # fmt: skip


def _task(row: Task) -> TaskOut:
    return TaskOut(
        id=row.pk, text=row.text, source=row.source, role=row.role, who=row.who_id,
        due_at=row.due_at, done_at=row.done_at,
    )  # fmt: skip
