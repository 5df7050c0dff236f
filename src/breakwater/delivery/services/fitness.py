"""What may not be claimed, or may not begin, and why: the reasons, in the order in which they count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, Delivery
from breakwater.delivery.services import walls
from breakwater.delivery.services.deeds import overtaken
from breakwater.domain.kinds import PUBLISH, repeats
from breakwater.domain.parcels import digest_of

Approved = Callable[[Sequence[UUID]], set[UUID]]
"""Asks the layer above which of these sources are still approved."""

Refused = Callable[[Sequence[Delivery]], dict[UUID, str]]
"""Asks the layer above which of these may not leave by what the workspace wrote down: pk -> the
code of why."""

Aside = dict[UUID, tuple[str, str]]
"""pk -> the state that it goes to, and the reason."""


def none_refused(_rows: Sequence[Delivery]) -> dict[UUID, str]:
    return {}


@dataclass(frozen=True)
class Asked:
    """What the layers above say."""

    approved: Approved
    refused: Refused


def aside_at_claim(
    due: Sequence[Delivery], asked: Asked, first_after: datetime, now: datetime
) -> Aside:
    """Which due rows must not be claimed: pk -> (state, reason).

    first_after: a doubtful row whose first call was before it is no longer sent by itself:
    its key may be forgotten, and the look that said "absent" is old.
    """
    late_deeds = overtaken(due)
    unfit = _unfit(due, asked, now)
    aside: Aside = {}
    for row in due:
        if row.pk in late_deeds:
            aside[row.pk] = ("cancelled", "overtaken")
        elif row.missed_at < now and not row.doubtful:
            aside[row.pk] = ("missed", "late")
        elif row.doubtful and not repeats(row.kind, row.deed) and _first(row) < first_after:
            aside[row.pk] = ("needs_human", "not_found")
        elif row.pk in unfit:
            aside[row.pk] = unfit[row.pk]
    return aside


def _first(row: Delivery) -> datetime:
    return row.first_sent_at or row.due_at


def _unfit(due: Sequence[Delivery], asked: Asked, now: datetime) -> Aside:
    """What stands before each, the first of it alone."""
    aside = _stopped(due, now)
    posts = [row for row in due if row.kind == PUBLISH and row.pk not in aside]
    fine = asked.approved([row.source for row in posts]) if posts else set()
    wrong = [row for row in posts if row.source not in fine]
    aside |= {row.pk: ("held", "not_approved") for row in wrong}
    left = [row for row in due if row.pk not in aside]
    aside |= {pk: ("held", code) for pk, code in asked.refused(left).items()}
    for row in left:
        if row.pk not in aside and (reason := _tampered(row)):
            aside[row.pk] = ("held", reason)
    return aside


def _stopped(rows: Sequence[Delivery], now: datetime) -> Aside:
    """What no worker may begin, asked when it is claimed and once more at the door."""
    holds = walls.open_holds(row.workspace_id for row in rows)
    drilled = _real_in_a_drill(rows)
    aside: Aside = {}
    for row in rows:
        if walls.stopped(row, holds, now):
            aside[row.pk] = ("held", "hold")
        elif row.channel_id in drilled:
            aside[row.pk] = ("held", "drill")
        elif row.needs_blob and not blobs.exists(row.needs_blob):
            aside[row.pk] = ("needs_human", "no_evidence")
    return aside


def _real_in_a_drill(rows: Sequence[Delivery]) -> set[UUID]:
    """Channels of real networks in workspaces that are for drills: nothing leaves there. One query."""
    drills = Channel.objects.filter(
        pk__in={row.channel_id for row in rows}, workspace__drill=True
    ).values_list("pk", "network")
    found = list(drills)
    return {pk for pk, network in found if network != practice()} if found else set()


def _tampered(row: Delivery) -> str:
    """The digest is recomputed from what is about to be sent, every time."""
    if not row.digest:
        return "not_approved"
    try:
        same = row.digest == digest_of(row.kind, row.channel_id, row.payload)
    except TypeError:  # something in it that no approval can have been bound to
        same = False
    return "" if same else "altered_since_approval"


def aside_at_door(own: Sequence[Delivery], now: datetime) -> Aside:
    """Which rows of a worker must not begin, by what may have changed since their claim."""
    aside = _stopped(own, now)
    for row in own:
        if row.pk in aside:
            continue
        if reason := _tampered(row):
            aside[row.pk] = ("held", reason)
        elif row.commit_calls >= COMMIT_CALLS_FOR_LIFE:
            aside[row.pk] = ("needs_human", "too_many_tries")
    return aside
