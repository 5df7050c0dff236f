"""All that is known of a pause, for those who have to show later what was done: what, when, who, why."""

from dataclasses import dataclass
from datetime import datetime

from breakwater.pauses.models import Pause, ReviewLine, Signal, Slot
from breakwater.pauses.reviewing import Done, progress, slots_of
from breakwater.pauses.selectors import Shown, answer
from breakwater.pauses.services.pausing import note
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LINES = 1_500
"""As many as are printed: decided ones first. All are in the API."""


@dataclass(frozen=True)
class Dossier:
    """lines: decided before undecided, in the order of the decisions. left_out: how many are not in
    it. made_at, made_by: of this copy."""

    pause: Pause
    answer: Shown
    progress: list[Done]
    lines: list[ReviewLine]
    left_out: int
    slots: list[Slot]
    signals: list[Signal]
    made_at: datetime
    made_by: str


def dossier(by: Access, pause: Pause, *, now: datetime) -> Dossier:
    """The dossier as it is now; that it was taken out is in the audit. Raises: Forbidden."""
    may(by, Right.AUDIT)
    rows = ReviewLine.objects.filter(pause=pause).select_related("by", "second_by")
    decided = list(rows.exclude(decision="").order_by("at", "pk")[:LINES])
    room = LINES - len(decided)
    open_ = list(rows.filter(decision="").order_by("rank", "stands_at", "pk")[:room])
    note(pause, "pause.dossier", {"lines": rows.count()}, by=by.person.pk, now=now)
    return Dossier(
        pause, answer(pause), progress(pause), [*decided, *open_],
        rows.count() - len(decided) - len(open_), slots_of(pause),
        list(Signal.objects.filter(pause=pause).order_by("created_at")), now, by.person.name,
    )  # fmt: skip
