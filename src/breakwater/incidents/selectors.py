"""Incidents, read: the list, one with what belongs to it, its clock, and what is not done yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from breakwater.domain.errors import NotFound
from breakwater.incidents.kinds import ROLES
from breakwater.incidents.models import (
    Action,
    Advice,
    Containment,
    Entry,
    Incident,
    Measure,
    Review,
    Statement,
    Subject,
    Task,
    Verdict,
)

LIST_MOST = 100
TIMELINE_MOST = 500
NOTICED, CONTAINED, DECIDED, SAID, CALM = "noticed", "contained", "decided", "said", "calm"
PHASES = (NOTICED, CONTAINED, DECIDED, SAID, CALM)


@dataclass(frozen=True)
class Phase:
    """at: when it was reached, None: not yet. after_min: minutes since the incident began."""

    name: str
    at: datetime | None
    after_min: int | None


def incidents(workspace_id: UUID, *, state: str = "") -> list[Incident]:
    """Newest first, with how many posts and open tasks (things, undone). One query."""
    rows = Incident.objects.filter(workspace_id=workspace_id)
    if state:
        rows = rows.filter(state=state)
    counted = rows.annotate(
        things=Count("subjects", distinct=True),
        undone=Count("tasks", filter=Q(tasks__done_at=None), distinct=True),
    )
    return list(counted.select_related("lead").order_by("-number")[:LIST_MOST])


def open_incidents(workspace_id: UUID) -> QuerySet[Incident]:
    rows = Incident.objects.filter(workspace_id=workspace_id, state="open")
    return rows.order_by("-severity", "-number")


def asking(person_id: UUID, workspace_ids: Collection[UUID], now: datetime) -> list[Incident]:
    """Open ones in which something is to be done by this person (mine: how many tasks, by name or by
    the role they have in it) or should be done by now by anybody (late). With their workspaces, the
    gravest first. One query."""
    undone = Q(tasks__done_at=None)
    roles = Q()
    for role in ROLES:
        roles |= Q(**{"tasks__role": role, role: person_id})
    mine = Q(tasks__who=person_id) | Q(tasks__who=None) & roles
    late = Q(tasks__due_at__lte=now)
    rows = Incident.objects.filter(workspace_id__in=workspace_ids, state="open").annotate(
        mine=Count("tasks", filter=undone & mine),
        late=Count("tasks", filter=undone & late),
        first_at=Min("tasks__due_at", filter=undone & (mine | late)),
    )
    found = rows.filter(Q(mine__gt=0) | Q(late__gt=0)).select_related("workspace")
    return list(found.order_by("-severity", "-created_at", "-pk")[:LIST_MOST])


def incident_of(workspace_id: UUID, incident_id: UUID) -> Incident:
    """Raises: NotFound for none and for another workspace's alike. One query."""
    rows = Incident.objects.filter(workspace_id=workspace_id, pk=incident_id)
    row = rows.select_related(
        "workspace", "lead", "spokesperson", "scribe", "opened_by", "containment"
    ).first()
    if row is None:
        raise NotFound(what="incident")
    return row


def numbered(workspace_id: UUID, number: int) -> Incident:
    """Raises: NotFound."""
    found = Incident.objects.filter(workspace_id=workspace_id, number=number)
    row = found.values_list("pk", flat=True).first()
    if row is None:
        raise NotFound(what="incident")
    return incident_of(workspace_id, row)


def incident_of_alarm(workspace_id: UUID, alarm_id: UUID) -> Incident | None:
    return Incident.objects.filter(workspace_id=workspace_id, alarm=alarm_id).first()


def containment_of(incident: Incident) -> Containment | None:
    return Containment.objects.filter(incident=incident).select_related("asked_by").first()


def subjects(incident: Incident) -> list[Subject]:
    """Its posts, oldest first."""
    rows = Subject.objects.filter(incident=incident)
    return list(rows.select_related("channel", "delivery", "removal").order_by("at", "pk"))


def timeline(incident: Incident) -> list[Entry]:
    """Newest first. One query."""
    rows = Entry.objects.filter(incident=incident).select_related("by")
    return list(rows.order_by("-at", "-pk")[:TIMELINE_MOST])


def tasks(incident: Incident) -> list[Task]:
    """What is not done first, in its order."""
    rows = Task.objects.filter(incident=incident).select_related("who", "done_by")
    return sorted(
        rows.order_by("position", "created_at", "pk"), key=lambda one: one.done_at is not None
    )


def undone(incident: Incident) -> int:
    return Task.objects.filter(incident=incident, done_at=None).count()


def last_advice(incident: Incident) -> Advice | None:
    rows = Advice.objects.filter(incident=incident).select_related("by")
    return rows.order_by("-created_at", "-pk").first()


def verdicts(incident: Incident) -> list[Verdict]:
    """Newest first; the first counts."""
    rows = Verdict.objects.filter(advice__incident=incident).select_related("by", "advice")
    return list(rows.order_by("-created_at", "-pk"))


def statements(incident: Incident) -> list[Statement]:
    rows = Statement.objects.filter(incident=incident).select_related("post", "signer", "by")
    return list(rows.order_by("created_at", "pk"))


def statement_of(workspace_id: UUID, statement_id: UUID) -> Statement:
    """Raises: NotFound."""
    rows = Statement.objects.select_related("incident", "post")
    row = rows.filter(incident__workspace_id=workspace_id, pk=statement_id).first()
    if row is None:
        raise NotFound(what="statement")
    return row


def last_review(incident: Incident) -> Review | None:
    rows = Review.objects.filter(incident=incident).select_related("by")
    return rows.order_by("-created_at", "-pk").first()


def actions(incident: Incident) -> list[Action]:
    rows = Action.objects.filter(incident=incident).select_related("owner")
    return sorted(rows.order_by("due_at", "pk"), key=lambda one: one.state != "open")


def open_actions(
    person_id: UUID, workspace_ids: Collection[UUID], above: Collection[UUID] = ()
) -> list[Action]:
    """Of this person, due first; in the workspaces `above` also those that are nobody's any more.
    One query."""
    nobodys = Q(owner=None) | Q(owner__is_active=False)
    whose = Q(owner_id=person_id) | Q(workspace_id__in=above) & nobodys
    rows = Action.objects.filter(whose, workspace_id__in=workspace_ids, state="open")
    found = rows.select_related("incident", "workspace", "owner")
    return list(found.order_by("due_at", "pk")[:LIST_MOST])


def measures(incident: Incident) -> list[Measure]:
    """Newest first."""
    return list(Measure.objects.filter(incident=incident).order_by("-created_at", "-pk")[:20])


def said_at(incident: Incident) -> datetime | None:
    """When the first statement left for a network."""
    rows = Statement.objects.filter(incident=incident, post__left_at__isnull=False)
    found: datetime | None = (
        rows.order_by("post__left_at").values_list("post__left_at", flat=True).first()
    )
    return found


def clock(incident: Incident) -> list[Phase]:
    """Each phase with the moment of the fact that it comes from. Four queries."""
    decided = Verdict.objects.filter(advice__incident=incident).order_by("created_at").first()
    last = Measure.objects.filter(incident=incident).order_by("-created_at").first()
    calm = (last.numbers.get("calm_at") if last else None) or None
    at = {
        NOTICED: incident.noticed_at,
        CONTAINED: _contained_at(incident),
        DECIDED: decided.created_at if decided else None,
        SAID: said_at(incident),
        CALM: datetime.fromisoformat(calm) if calm else None,
    }
    return [Phase(name, at[name], _minutes(incident.began_at, at[name])) for name in PHASES]


def _contained_at(incident: Incident) -> datetime | None:
    row = containment_of(incident)
    done = row.marks.get("proved") if row else None
    return datetime.fromisoformat(done) if done else None


def _minutes(began: datetime, at: datetime | None) -> int | None:
    return None if at is None else max(0, int((at - began).total_seconds() // 60))
