"""Ending a drill: its clock stops, what had not happened yet does not, its accounts are closed."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.channels.models import Channel
from breakwater.channels.services import disconnect
from breakwater.domain.errors import BreakwaterError
from breakwater.drills.lifecycle import BEAT, DRILL
from breakwater.drills.models import Drill
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

log = logging.getLogger(__name__)


def end(by: Access, drill: Drill, *, now: datetime) -> Drill:
    """The drill is over; ended twice, it stays so. Raises: Forbidden; StaleState."""
    checks.may(by, Right.INVITE)
    return close(drill, by=by.person.pk, now=now)


def close(drill: Drill, *, by: UUID | None, now: datetime) -> Drill:
    if drill.state != "ended":
        with transaction.atomic():
            drill = move(drill, DRILL, "ended", by=by, now=now, ended_at=now)
            rest = list(drill.beats.filter(state="waiting"))
            move_many(rest, BEAT, "dropped", by=by, now=now)
    for channel in Channel.objects.filter(workspace=drill.workspace).exclude(state="disconnected"):
        _disconnect(channel, by or drill.by_id, now)
    return drill


def _disconnect(channel: Channel, by: UUID, now: datetime) -> None:
    """Practice accounts would be read for ever; one that does not let go is no trouble."""
    try:
        disconnect(workspace_id=channel.workspace_id, channel_id=channel.pk, by=by, now=now)
    except BreakwaterError as error:
        log.warning("drill.not_disconnected channel=%s why=%s", channel.pk, error)
