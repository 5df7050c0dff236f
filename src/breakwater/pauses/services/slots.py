"""New times for what a pause held back: proposed, never a burst, and taken only by a person."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move_many
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import let_pass
from breakwater.domain import pacing
from breakwater.domain.errors import BreakwaterError, StaleState
from breakwater.domain.kinds import PUBLISH
from breakwater.domain.pacing import Waiting, usual_gap
from breakwater.pauses.days import days_of, falling
from breakwater.pauses.lifecycle import SLOT
from breakwater.pauses.lines import Choice, What
from breakwater.pauses.models import Pause, ReviewLine, Slot
from breakwater.pauses.services.carrying import aside_tag, waiting
from breakwater.people.checks import may
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.models import Version
from breakwater.publishing.services import send_at

LEAD = timedelta(minutes=15)
"""The first slot is not sooner than this: people still have to say yes to it."""
GAP_DAYS = timedelta(days=60)
GAP_POSTS = 200
AT_ONCE = 500


def resume_lines(
    by: Access, pause: Pause, line_ids: Collection[UUID], *, now: datetime
) -> list[ReviewLine]:
    """Planned lines that were decided "keep" pass the pause from now on. What lies ahead leaves at
    its time; what is late asks, and is offered a slot. Of a line that was kept back ("pause"), the
    same. Nothing leaves at once.

    Raises: Forbidden; StaleState "pause_over", or "line_undecided" when one of them was not
    decided by as many persons as the pause asks for. Nothing is changed then.
    """
    may(by, Right.RESUME)
    rows = list(
        ReviewLine.objects.filter(pause=pause, what=What.PLANNED, pk__in=list(line_ids)[:AT_ONCE])
        .order_by("pk")
    )  # fmt: skip
    if any(not _ready(pause, row) for row in rows):
        raise StaleState(code="line_undecided")
    holds = _holds(pause)
    fresh = [row for row in rows if _stands_before(row, holds)]
    for row in fresh:
        for hold in holds:
            if row.decision == Choice.PAUSE or hold.tag != aside_tag(pause):
                let_pass(waiting(row), hold, by=by.person.pk, now=now)
        row.released_at = now
        row.save(update_fields=["released_at"])
    return fresh


def ready_lines(pause: Pause) -> list[ReviewLine]:
    """Planned lines that may pass before the pause ends: decided "keep", or kept back, by as many as
    it asks for."""
    wanted = Choice.PAUSE if pause.over else Choice.KEEP
    rows = ReviewLine.objects.filter(pause=pause, what=What.PLANNED, decision=wanted)
    holds = _holds(pause)
    ordered = rows.select_related("by").order_by("stands_at", "pk")[:AT_ONCE]
    return [row for row in ordered if _ready(pause, row) and _stands_before(row, holds)]


def propose(by: Access, pause: Pause, *, now: datetime) -> list[Slot]:
    """Times for all that the pause made late and that nobody gave a time yet; what was proposed
    before and not answered is proposed anew. Raises: Forbidden."""
    may(by, Right.SCHEDULE)
    late = late_of(pause)
    zone = pause.workspace.zone
    channels = {one for item in late for one in item.channels}
    mourned = days_of(pause.workspace_id)
    found = pacing.propose(
        late, start=now + LEAD, zone=zone, gaps={one: _gap(one, now) for one in channels},
        taken={one: _taken(one, now) for one in channels},
        free=lambda day: bool(falling(mourned, day)),
    )  # fmt: skip
    with transaction.atomic():
        Pause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
        Slot.objects.filter(pause=pause).exclude(state="accepted").delete()
        kept = set(Slot.objects.filter(pause=pause).values_list("version", flat=True))
        Slot.objects.bulk_create(
            Slot(
                pause=pause, version=one.id, was_at=one.was_at, to_at=one.to_at, state_at=now,
                created_at=now,
            )
            for one in found
            if one.id not in kept
        )  # fmt: skip
    return list(Slot.objects.filter(pause=pause, state="proposed").order_by("to_at", "pk"))


def late_of(pause: Pause) -> list[Waiting]:
    """Planned things that the pause made late: their time fell in it, and nobody gave another."""
    rows = Delivery.objects.filter(
        workspace_id=pause.workspace_id, kind=PUBLISH, state="missed", reason="paused",
        due_at__gte=pause.created_at - timedelta(days=1),
    ).order_by("due_at", "pk")  # fmt: skip
    channels: dict[UUID, set[UUID]] = {}
    due: dict[UUID, datetime] = {}
    for row in rows:
        channels.setdefault(row.source, set()).add(row.channel_id)
        due.setdefault(row.source, row.due_at)
    return [Waiting(one, frozenset(own), due[one]) for one, own in channels.items()]


def accept(
    by: Access, pause: Pause, slot_ids: Collection[UUID], *, now: datetime
) -> tuple[list[Slot], dict[UUID, str]]:
    """These posts leave at their new times: each a new decision of `by` on its approved version.
    Those that could not be planned, with the code of why. Raises: Forbidden."""
    may(by, Right.RESUME)
    done: list[Slot] = []
    refused: dict[UUID, str] = {}
    for slot in _proposed(pause, slot_ids):
        version = Version.objects.select_related("post").filter(pk=slot.version).first()
        try:
            if version is None or slot.to_at <= now:
                raise StaleState(code="slot_past")
            with transaction.atomic():
                send_at(version, slot.to_at, by=by.person.pk, now=now)
                done += move_many(
                    [slot], SLOT, "accepted", by=by.person.pk, now=now,
                    changes={slot.pk: {"by_id": by.person.pk}},
                )  # fmt: skip
        except BreakwaterError as error:
            refused[slot.pk] = error.code
    return done, refused


def refuse(by: Access, pause: Pause, slot_ids: Collection[UUID], *, now: datetime) -> list[Slot]:
    """These times are not taken; the posts go on waiting for a person. Raises: Forbidden."""
    may(by, Right.SCHEDULE)
    rows = _proposed(pause, slot_ids)
    changes = {row.pk: {"by_id": by.person.pk} for row in rows}
    return move_many(rows, SLOT, "refused", by=by.person.pk, now=now, changes=changes)


def _ready(pause: Pause, row: ReviewLine) -> bool:
    wanted = row.decision in (Choice.KEEP, Choice.PAUSE)
    return wanted and bool(row.second_by_id or not pause.two_persons)


def _stands_before(row: ReviewLine, holds: Sequence[Hold]) -> bool:
    """Whether it was not let pass, or everything was paused once more since."""
    return row.released_at is None or any(one.created_at > row.released_at for one in holds)


def _holds(pause: Pause) -> list[Hold]:
    rows = Hold.objects.filter(of=pause.pk, released_at=None)
    return [row for row in rows if PUBLISH in row.kinds]


def _proposed(pause: Pause, slot_ids: Iterable[UUID]) -> list[Slot]:
    rows = Slot.objects.filter(pause=pause, state="proposed", pk__in=list(slot_ids)[:AT_ONCE])
    return list(rows.select_related("pause").order_by("to_at", "pk"))


def _gap(channel_id: UUID, now: datetime) -> timedelta:
    rows = Delivery.objects.filter(
        channel_id=channel_id, kind=PUBLISH, part=0, accepted_at__gte=now - GAP_DAYS
    )
    times = rows.order_by("-accepted_at").values_list("accepted_at", flat=True)[:GAP_POSTS]
    return usual_gap(one for one in times if one is not None)


def _taken(channel_id: UUID, now: datetime) -> list[datetime]:
    rows = Delivery.objects.filter(
        channel_id=channel_id, kind=PUBLISH, part=0, due_at__gte=now,
        state__in=("queued", "retry_wait", "held"),
    )  # fmt: skip
    return list(rows.order_by("due_at").values_list("due_at", flat=True))
