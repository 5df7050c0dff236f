"""Advice is asked for, and a person decides and signs. Neither is ever changed; the last counts."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.decisions import EDITION, Facts, advise
from breakwater.domain.errors import Invalid, NotFound
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import DECISIONS
from breakwater.incidents.models import Advice, Incident, Subject, Verdict
from breakwater.incidents.services.timeline import note
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

WHY_MAX = 500


def ask(
    by: Access, incident: Incident, facts: Facts, *, subject: UUID | None = None, now: datetime
) -> Advice:
    """What the sources say of these facts, kept with them. Raises: Forbidden; Invalid; NotFound."""
    checks.may(by, Right.RESPOND)
    try:
        said = advise(facts)
    except ValueError as error:
        raise Invalid(code="incident_value", field="origin") from error
    with transaction.atomic():
        advice = Advice.objects.create(
            incident=incident, subject=_subject(incident, subject), inputs=json_of(facts),
            outcome=said.outcome, cluster=said.cluster,
            lines=[asdict(line) for line in said.lines], edition=EDITION, by=by.person,
            created_at=now,
        )  # fmt: skip
        data = {"outcome": said.outcome, "cluster": said.cluster}
        note(incident, "advice", by=by.person.pk, data=data, now=now)
    return advice


def decide(
    by: Access, advice_id: UUID, decision: str, why: str, *, via: str = "page", now: datetime
) -> Verdict:
    """The person decided so, whatever the advice was, and stands by it with their name.

    Nothing is deleted by it: that is done by the deed that follows, which needs sealed evidence.
    Raises: Forbidden; Invalid "incident_why", "incident_value"; NotFound.
    """
    checks.may(by, Right.RESPOND)
    one_of(decision, DECISIONS, "decision")
    said = words(why, "why", WHY_MAX)
    rows = Advice.objects.select_related("incident").filter(incident__workspace=by.workspace)
    advice = rows.filter(pk=advice_id).first()
    if advice is None:
        raise NotFound(what="advice")
    with transaction.atomic():
        verdict = Verdict.objects.create(
            advice=advice, decision=decision, why=said, by=by.person, created_at=now
        )
        data = {"decision": decision, "advice": advice.outcome}
        note(advice.incident, "verdict", by=by.person.pk, via=via, data=data, text=said, now=now)
        fact = Fact(by.workspace.pk, "incident.verdict", "incident", advice.incident_id, data)
        record([fact], by=by.person.pk, now=now)
    return verdict


def json_of(facts: Facts) -> dict[str, object]:
    """As they are kept: plain JSON, sets in order."""
    values = asdict(facts)
    return {
        **values,
        "harm": sorted(facts.harm),
        "negligence": None if facts.negligence is None else sorted(facts.negligence),
    }


def _subject(incident: Incident, subject: UUID | None) -> Subject | None:
    if subject is None:
        return None
    found = Subject.objects.filter(incident=incident, pk=subject).first()
    if found is None:
        raise NotFound(what="subject")
    return found
