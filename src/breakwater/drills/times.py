"""The four times of a drill, each read from a row that the work itself left: no marks, no names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.domain.kinds import DELETE, REPLY
from breakwater.drills.models import Drill
from breakwater.drills.selectors import case_of, clock_of
from breakwater.incidents.models import Containment, Incident, Verdict
from breakwater.pauses.models import Pause, ReviewLine
from breakwater.strays.models import Alarm

STEPS = ("noticed", "contained", "decided", "answered")
Fact = tuple[datetime, str]
"""When, and the code of what shows it."""


@dataclass(frozen=True)
class Step:
    """name: one of STEPS. at: None while it has not happened. fact: code of the row that shows it.

    minutes: on the scenario's clock. seconds: real ones. theirs: minutes of the historical case,
    where a source says them.
    """

    name: str
    at: datetime | None
    fact: str
    minutes: float | None
    seconds: float | None
    theirs: int | None


def times(drill: Drill) -> tuple[Step, ...]:
    """In the order of STEPS."""
    found = {
        "noticed": _noticed(drill),
        "contained": _contained(drill),
        "decided": _decided(drill),
        "answered": _answered(drill),
    }
    case = case_of(drill)
    theirs = case.minutes if case else {}
    return tuple(_step(drill, name, found[name], theirs.get(name)) for name in STEPS)


def _step(drill: Drill, name: str, fact: Fact | None, theirs: int | None) -> Step:
    if fact is None or drill.began_at is None:
        return Step(name, None, "", None, None, theirs)
    at, code = fact
    seconds = (at - drill.began_at).total_seconds()
    return Step(name, at, code, clock_of(drill, at), seconds, theirs)


def _noticed(drill: Drill) -> Fact | None:
    """The first thing that a person did about it."""
    here = drill.workspace_id
    alarm = Alarm.objects.filter(workspace=here).aggregate(at=Min("answered_at"))["at"]
    pause = Pause.objects.filter(workspace=here).aggregate(at=Min("created_at"))["at"]
    incident = Incident.objects.filter(workspace=here).aggregate(at=Min("created_at"))["at"]
    return _first([(alarm, "alarm"), (incident, "incident"), (pause, "pause")])


def _contained(drill: Drill) -> Fact | None:
    """What was to go is gone; where nothing was to go, nothing more could leave."""
    deletes = Delivery.objects.filter(workspace=drill.workspace_id, kind=DELETE)
    if deletes.exists():
        if deletes.exclude(state__in=OUT).exists():
            return None
        return _first([(deletes.aggregate(at=Max("accepted_at"))["at"], "deleted")])
    pauses = Pause.objects.filter(workspace=drill.workspace_id)
    return _first([(pauses.aggregate(at=Min("created_at"))["at"], "paused")])


def _decided(drill: Drill) -> Fact | None:
    """A person signed what becomes of it: of a post, of the intruder's posts, or of all that was
    planned."""
    here = drill.workspace_id
    verdict = Verdict.objects.filter(advice__incident__workspace=here)
    contain = Containment.objects.filter(workspace=here)
    return _first([
        (verdict.aggregate(at=Min("created_at"))["at"], "verdict"),
        (contain.aggregate(at=Min("created_at"))["at"], "contain"),
        (_reviewed(drill), "review"),
    ])  # fmt: skip


def _reviewed(drill: Drill) -> datetime | None:
    """When the last of all that was planned had its decision; None while one is missing."""
    lines = ReviewLine.objects.filter(pause__workspace=drill.workspace_id, what="planned")
    if lines.filter(decision="").exists():
        return None
    last: datetime | None = lines.aggregate(at=Max("at"))["at"]
    return last


def _answered(drill: Drill) -> Fact | None:
    """The first word to people that is out: a statement, or an answer to somebody."""
    rows = Delivery.objects.filter(workspace=drill.workspace_id, state__in=OUT)
    said = [one for one in rows.exclude(accepted_at=None) if _speaks(one)]
    return _first(
        [(one.accepted_at, "answer" if one.kind == REPLY else "statement") for one in said]
    )


def _speaks(row: Delivery) -> bool:
    return "statement" in row.tags or row.kind == REPLY


def _first(facts: list[tuple[datetime | None, str]]) -> Fact | None:
    return min(_known(facts), default=None)


def _known(facts: list[tuple[datetime | None, str]]) -> Iterator[Fact]:
    for at, code in facts:
        if at is not None:
            yield at, code
