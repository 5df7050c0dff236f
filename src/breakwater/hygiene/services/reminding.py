"""What is asked again: how an account is locked after 90 days, access that should have ended, and the
yearly drill. Each notice is told once for its key, so that two may remind at a time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from breakwater.hygiene.models import Holder, Posture, YearlyDrill
from breakwater.notices.services import tell
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

AGAIN = timedelta(days=30)
"""How long after a reminder that nobody followed the next one comes."""
YEAR = timedelta(days=365)
_AT_ONCE = 200


def remind(*, now: datetime) -> int:
    """How many things were asked about."""
    return _postures(now) + _holders(now) + _drills(now)


def _postures(now: datetime) -> int:
    rows = Posture.objects.filter(remind_at__lte=now).exclude(channel__state="disconnected")
    told = 0
    for row in rows.select_related("channel__workspace").order_by("remind_at")[:_AT_ONCE]:
        _tell(
            row.channel.workspace, "posture_due", f"{row.channel_id}:{row.remind_at:%Y%m%d}",
            {"channel": str(row.channel)}, f"channels/{row.channel_id}/hygiene/", now,
        )  # fmt: skip
        Posture.objects.filter(pk=row.pk, remind_at=row.remind_at).update(remind_at=now + AGAIN)
        told += 1
    return told


def _holders(now: datetime) -> int:
    """Once for each: the page goes on showing it until it is done."""
    rows = Holder.objects.filter(ended_at=None, told_at=None, ends_on__lt=now.date())
    rows = rows.exclude(channel__state="disconnected").select_related("channel__workspace")
    told = 0
    for row in rows.order_by("ends_on")[:_AT_ONCE]:
        workspace = row.channel.workspace
        if row.ends_on is None or row.ends_on >= _today(workspace, now):
            continue
        _tell(
            workspace, "access_ends", str(row.pk),
            {"channel": str(row.channel), "name": row.name, "day": row.ends_on.isoformat()},
            f"channels/{row.channel_id}/hygiene/", now,
        )  # fmt: skip
        Holder.objects.filter(pk=row.pk).update(told_at=now)
        told += 1
    return told


def _drills(now: datetime) -> int:
    """Of workspaces that keep such a record at all: a year after the last drill, or after the first
    declaration."""
    begun = dict(
        Posture.objects.order_by()
        .values_list("channel__workspace")
        .annotate(first=Min("created_at"))
    )
    last = dict(YearlyDrill.objects.order_by().values_list("workspace").annotate(Max("done_on")))
    late = [
        pk for pk, first in begun.items() if (last.get(pk) or first.date()) < (now - YEAR).date()
    ]
    for workspace in Workspace.objects.filter(pk__in=late):
        since: date = last.get(workspace.pk) or begun[workspace.pk].date()
        years = (now.date() - since).days // YEAR.days
        _tell(workspace, "drill_due", f"{workspace.pk}:{since}:{years}", {}, "channels/", now)
    return len(late)


def _today(workspace: Workspace, now: datetime) -> date:
    return now.astimezone(ZoneInfo(workspace.zone)).date()


def _tell(
    workspace: Workspace, code: str, key: str, data: dict[str, str], path: str, now: datetime
) -> None:
    tell(
        with_right(workspace.pk, Right.CONNECT),
        code,
        key=f"{code}:{key}",
        data=data,
        path=f"/w/{workspace.slug}/{path}",
        workspace_id=workspace.pk,
        now=now,
    )
