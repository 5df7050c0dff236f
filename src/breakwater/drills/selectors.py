"""What is read of drills: which there are, how far one is, and the times that it gave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from breakwater.domain.errors import NotFound
from breakwater.drills.models import Drill
from breakwater.drills.script import Case, Scenario, scenario
from breakwater.people.models import Membership, Person


@dataclass(frozen=True)
class Progress:
    """posted, met: of the posts that nobody here sends, how many got out, and how many met a closed
    door. said: what strangers said by now."""

    posted: int
    met: int
    said: int


def drills_of(workspace_id: UUID, person: Person) -> list[Drill]:
    """Those begun from this workspace, or played in it, in which the person takes part: newest
    first."""
    mine = Membership.objects.filter(person=person).values("workspace")
    rows = Drill.objects.filter(Q(home=workspace_id) | Q(workspace=workspace_id))
    return list(rows.filter(workspace__in=mine).select_related("workspace").order_by("-created_at"))


def drill_of(workspace_id: UUID, drill_id: UUID) -> Drill:
    """The drill that is played in this workspace. Raises: NotFound."""
    found = (
        Drill.objects.filter(workspace=workspace_id, pk=drill_id)
        .select_related("workspace", "home", "by")
        .first()
    )
    if found is None:
        raise NotFound(what="drill")
    return found


def running_among(workspace_ids: Iterable[UUID]) -> list[Drill]:
    """Those that go on in these workspaces, newest first."""
    rows = Drill.objects.filter(workspace__in=list(workspace_ids)).exclude(state="ended")
    return list(rows.select_related("workspace").order_by("-created_at"))


def some_go_on() -> bool:
    return Drill.objects.exclude(state="ended").exists()


def every_drill() -> QuerySet[Drill]:
    """For the command line, newest first."""
    return Drill.objects.select_related("workspace", "home").order_by("-created_at")


def script_of(drill: Drill) -> Scenario:
    return scenario(drill.scenario)


def progress(drill: Drill) -> Progress:
    rows: Sequence[tuple[str, str]] = list(
        drill.beats.filter(after_s__isnull=False).values_list("what", "state")
    )
    spoken = ("mention", "comment", "message", "news")
    return Progress(
        posted=sum(1 for what, state in rows if what == "post" and state == "played"),
        met=sum(1 for what, state in rows if what == "post" and state == "dropped"),
        said=sum(1 for what, state in rows if what in spoken and state == "played"),
    )


def clock_of(drill: Drill, at: datetime) -> float | None:
    """Minutes of the scenario's clock at that moment; None before it starts."""
    if drill.began_at is None:
        return None
    return (at - drill.began_at).total_seconds() * drill.speed / 60


def case_of(drill: Drill) -> Case | None:
    return script_of(drill).case
