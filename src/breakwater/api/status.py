"""Is everything all right? The same answer as the page's; `breakwater status --json` prints it."""

from datetime import datetime

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.status import ComparedOut, StatusOut, TroubledOut, TroubleOut
from breakwater.core import troubles
from breakwater.delivery.allright import Answer, Compared, Level, Row, Trouble, Verdict, all_right
from breakwater.delivery.selectors import why_of
from breakwater.people.models import Workspace
from breakwater.people.roles import Right

router = Router(tags=["records"])


@route(router, "GET", "/w/{slug}/status", right=Right.SEE, answer=StatusOut)
def status(call: Call) -> StatusOut:
    """What is late, unknown, stuck or held here, why, and the one verdict on it."""
    return status_out(call.access.workspace, call.now)


def status_out(workspace: Workspace, now: datetime) -> StatusOut:
    """The answer for a workspace, in the language in use."""
    answer = all_right(workspace.pk, now)
    facts = answer.facts
    return StatusOut(
        workspace=workspace.slug,
        at=answer.at,
        verdict=answer.verdict.value,
        message=sentence(answer),
        needs_you=answer.things(Level.PERSON),
        taking_care=answer.things(Level.CARE),
        troubles=[_trouble(one) for one in answer.troubles],
        compared=[_compared(one) for one in answer.compared],
        workers=facts.workers,
        free_bytes=facts.free_bytes,
        backup_at=facts.backup_at,
    )


def sentence(answer: Answer) -> str:
    """The one sentence on top."""
    needs = answer.verdict is Verdict.NEEDS_YOU
    count = answer.things(Level.PERSON if needs else Level.CARE)
    return troubles.verdict(answer.verdict.value, count)


def _trouble(one: Trouble) -> TroubleOut:
    said = troubles.say(one.code, one.data)
    return TroubleOut(
        code=one.code,
        level=one.level.value,
        count=one.count,
        since=one.since,
        until=one.until,
        subject_id=one.subject,
        message=said.title,
        itself=said.itself,
        person=said.person,
        deliveries=[_row(row) for row in one.rows],
        more=one.more,
    )


def _row(row: Row) -> TroubledOut:
    it = row.delivery
    return TroubledOut(
        delivery_id=it.pk,
        channel=str(it.channel),
        state=it.state,
        since=row.since,
        until=row.until,
        reason=row.why,
        message=why_of(it, row.why),
    )


def _compared(one: Compared) -> ComparedOut:
    last = one.last
    return ComparedOut(
        channel_id=one.channel.pk,
        channel=str(one.channel),
        compared_at=last.created_at if last else None,
        complete=last.complete if last else None,
        agreed=last.agreed if last else None,
        differ=sum(last.counts.values()) if last else None,
    )
