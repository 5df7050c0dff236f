"""A channel's ledger is compared with its account, and learns from it if a person wants that."""

from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.services import mark_reconnect
from breakwater.delivery.reconcile import Report, Verdict, reconcile, relabelled
from breakwater.delivery.services import reconciling
from breakwater.publishing.services.departures import placing


def reconcile_channel(
    channel: Channel,
    *,
    since: datetime,
    until: datetime,
    adopt: bool = False,
    by: UUID | None,
    now: datetime,
) -> Report:
    """The comparison for since <= post < until; that it was made is on record.

    adopt: posts that are found to be ours are accepted in the ledger (verdict "adopted"), and
    deliveries of which several posts could be ask a person. Otherwise only looking: but a
    channel that no longer lets us in is marked to be reconnected. Nothing is ever sent.
    """
    report = reconcile(channel, since=since, until=until, now=now)
    if any(_shut_out(one.verdict, one.detail) for one in report.differences):
        mark_reconnect(channel.pk, now=now)
    asked: list[UUID] = []
    if adopt and report.discoveries:
        found = [one for one in report.discoveries if one.how]
        unclear = [one for one in report.discoveries if not one.how]
        with placing([one.row.pk for one in found]):
            reconciling.stand_still(report.discoveries)
            waiting = reconciling.ask(unclear, by=by, now=now)
            moved = reconciling.adopt(found, by=by, now=now)
        asked = [row.pk for row in waiting]
        report = relabelled(report, [row.pk for row in moved])
    asked += [one.row.pk for one in report.discoveries if one.row.state == "needs_human"]
    reconciling.note(report, since=since, until=until, asked=asked, by=by, now=now)
    return report


def _shut_out(verdict: Verdict, why: str) -> bool:
    return verdict is Verdict.UNREADABLE and why == "reconnect"
