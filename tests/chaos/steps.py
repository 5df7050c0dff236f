"""The matrix: a worker dies at each named step, on each class, before an outage short or long.

Every step has its own workers, one a class, each sent for one delivery. The short outage is no
longer than a start; the long one outlives a key of an hour (scaled). `counts`: short, long: 1 or 0.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from time import monotonic

from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.domain.timings import Timings
from breakwater.networks.base import Fault
from tests.chaos.hands import rest
from tests.chaos.kill_at import STEPS
from tests.chaos.stage import Stage
from tests.chaos.truth import Tally

LONG = timedelta(minutes=70)
_DIES_S = 40.0
_END_S = 400.0
_AT_ONCE = 4
"""Workers that start side by side: more would be late on two cores, and miss their deadlines."""


def run(stage: Stage, tally: Tally, counts: dict[str, int]) -> None:
    stage.furnish(1)
    note = stage.home / "deaths.jsonl"
    note.touch()
    outages = [name for name in ("short", "long") if counts[name]]
    cells = {name: _outage(stage, name, counts.get("steps", len(STEPS))) for name in outages}
    tally.seconds = stage.settle(_END_S) or _END_S
    died = _deaths(stage)
    for name, ordered in cells.items():
        for (step, kind), row in ordered.items():
            cell = f"{step} x {kind} x {name}"
            tally.cells[cell] = (step, str(row.pk)) in died
    tally.faults["killed at a named step"] = len(died)


_Cells = dict[tuple[str, str], Delivery]


def _outage(stage: Stage, name: str, steps: int) -> _Cells:
    """All steps of one outage, or some of them; a worker is at work when this returns.

    The takeover comes first: it would move the dead of the other steps as well.
    """
    cells: _Cells = {}
    chosen = stage.random.sample(STEPS, steps)
    for step in sorted(chosen, key=lambda step: (step != "taken_over", STEPS.index(step))):
        cells |= _die(stage, step)
        if name == "short":
            stage.hire()
            rest(1.0)
            stage.dismiss()
    if name == "long":
        rest(stage.scaled(LONG))
    stage.hire()
    if name == "short":
        rest(1.0)
    return cells


def _die(stage: Stage, step: str) -> _Cells:
    """One worker a class has died at this step."""
    stage.dismiss()
    if step == "looked":  # only what is unknown is looked at
        for quay in stage.quays:
            stage.harbour.plan(quay.account, Fault("dropped_after"))
    rows = stage.order(stage.quays, [clock.now()] * len(stage.quays), pictures=1.0)
    if step == "taken_over":
        _send(stage, step, rows)
    else:
        for first in range(0, len(rows), _AT_ONCE):
            _send(stage, step, rows[first : first + _AT_ONCE])
    return {(step, quay.kind): row for quay, row in zip(stage.quays, rows, strict=True)}


def _send(stage: Stage, step: str, rows: Sequence[Delivery]) -> None:
    if step == "taken_over":
        _send_to_die(stage, "begun", [[str(row.pk)] for row in rows])
        rest(stage.scaled(Timings().takeover))  # all of them are old enough for it
        _send_to_die(stage, step, [[str(row.pk) for row in rows]])
    else:
        _send_to_die(stage, step, [[str(row.pk)] for row in rows])


def _send_to_die(stage: Stage, step: str, groups: Sequence[Sequence[str]]) -> None:
    """One worker for each group of targets; all are gone afterwards, one way or the other."""
    note = str(stage.home / "deaths.jsonl")
    plans = [{"step": step, "targets": targets, "note": note} for targets in groups]
    hands = [stage.hire(kill_at=plan) for plan in plans]
    end = monotonic() + _DIES_S
    for hand in hands:
        hand.wait(max(0.1, end - monotonic()))
    stage.dismiss()


def _deaths(stage: Stage) -> set[tuple[str, str]]:
    lines = (stage.home / "deaths.jsonl").read_text().splitlines()
    found = [json.loads(line) for line in lines]
    return {(one["step"], key) for one in found for key in one["deliveries"]}
