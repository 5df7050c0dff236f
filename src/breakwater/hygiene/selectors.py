"""Reading how well accounts are locked, as people declared it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from breakwater.channels.models import Channel
from breakwater.domain.errors import NotFound
from breakwater.hygiene.models import NO, UNKNOWN, Holder, Posture, YearlyDrill

MFA_OFF, MFA_UNKNOWN = "mfa_off", "mfa_unknown"
PASSWORD_SHARED, NO_MANAGER, ACCESS_OVERDUE = "password_shared", "no_manager", "access_overdue"


@dataclass(frozen=True)
class Known:
    """What is declared of an account that made it easier to get into. facts: of the constants above;
    said_at: when somebody last declared it, None: nobody ever did, so that nothing is known."""

    facts: frozenset[str]
    said_at: datetime | None


def posture_of(channel: Channel) -> Posture | None:
    return Posture.objects.filter(channel=channel).select_related("said_by").first()


def holders_of(channel: Channel) -> QuerySet[Holder]:
    """Who can get in, in the order of telling."""
    rows = Holder.objects.filter(channel=channel, ended_at=None).select_related("person")
    return rows.order_by("created_at", "pk")


def holder_of(channel: Channel, holder_id: UUID) -> Holder:
    """Raises: NotFound."""
    row = holders_of(channel).filter(pk=holder_id).first()
    if row is None:
        raise NotFound(what="holder")
    return row


def overdue(holders: Sequence[Holder], today: date) -> list[Holder]:
    """Those whose access should have ended before today."""
    return [one for one in holders if one.ends_on is not None and one.ends_on < today]


def last_drill(workspace_id: UUID) -> YearlyDrill | None:
    rows = YearlyDrill.objects.filter(workspace_id=workspace_id).select_related("by")
    return rows.order_by("-done_on", "-created_at").first()


def unlocked(workspace_id: UUID) -> list[Channel]:
    """Connected channels whose second factor is said to be off. One query."""
    off = Posture.objects.filter(mfa=NO, channel__workspace_id=workspace_id)
    rows = off.exclude(channel__state="disconnected").select_related("channel")
    return [row.channel for row in rows.order_by("channel__created_at", "pk")]


def negligence(channel: Channel, today: date) -> Known:
    """What was declared, for the aid after an account was taken: never found out, never of a person."""
    said = posture_of(channel)
    late = overdue(list(holders_of(channel)), today)
    facts = {ACCESS_OVERDUE} if late else set()
    if said is None:
        return Known(frozenset(facts), None)
    facts |= {MFA_OFF} if said.mfa == NO else set()
    facts |= {MFA_UNKNOWN} if said.mfa == UNKNOWN else set()
    facts |= {PASSWORD_SHARED} if said.unique_password == NO else set()
    facts |= {NO_MANAGER} if said.in_manager == NO else set()
    return Known(frozenset(facts), said.said_at)
