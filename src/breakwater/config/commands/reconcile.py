"""Hold the ledger against what the accounts themselves show. Reads only; exit 1 when they differ."""

import argparse
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from breakwater.channels import selectors
from breakwater.channels.models import Channel
from breakwater.config import checks
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock
from breakwater.delivery.reconcile import Report, Verdict, reconcile
from breakwater.domain.errors import Misconfigured
from breakwater.people.models import Workspace
from breakwater.people.selectors import workspace_at

_DAYS = 30
_WORDS = {
    Verdict.ABSENT: "absent: we say it is out, the account does not show it",
    Verdict.STILL_THERE: "still there: it was deleted with proof, and is there all the same",
    Verdict.STRAY: "stray: on the account, and no delivery of ours explains it",
    Verdict.UNKNOWN: "unknown: its outcome is not known yet",
    Verdict.UNREADABLE: "unreadable: the network did not let us look",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workspace", help="its short name, as in addresses: /w/<name>/")
    parser.add_argument("--channel", type=UUID, help="only this one (`breakwater channel list`)")
    parser.add_argument(
        "--since", type=date.fromisoformat, help="first day, as in 2026-03-01; 30 days ago"
    )
    parser.add_argument("--until", type=date.fromisoformat, help="last day; today")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    workspace = workspace_at(options.workspace)
    since, until = _period(options, workspace, clock.now())
    reports = [reconcile(one, since=since, until=until) for one in _channels(options, workspace)]
    if not reports:
        say("There is no connected channel to look at.")
    for report in reports:
        _print(report)
    return 0 if all(report.fine for report in reports) else 1


def _channels(options: argparse.Namespace, workspace: Workspace) -> list[Channel]:
    if options.channel:
        return [selectors.channel_of(workspace.pk, options.channel)]
    return list(selectors.connected(workspace.pk))


def _period(
    options: argparse.Namespace, workspace: Workspace, now: datetime
) -> tuple[datetime, datetime]:
    """Whole days on the workspace's wall."""
    zone = ZoneInfo(workspace.zone)
    last = options.until or now.astimezone(zone).date()
    first = options.since or last - timedelta(days=_DAYS)
    if first > last:
        raise Misconfigured("--since", "--since has to be a day before --until.")
    begins, ends = (
        datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1))
    )
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _print(report: Report) -> None:
    say(f"{report.channel} ({report.channel.network}): {report.agreed} agree.")
    rows = [
        (
            f"  {one.verdict}",
            f"{one.at:%Y-%m-%d %H:%M} UTC",
            str(one.delivery_id or one.remote_id),
            " ".join(one.text.split()) or one.detail,
        )
        for one in report.differences
    ]
    if rows:
        say(table(rows))
        for verdict in sorted({one.verdict for one in report.differences}):
            complain(f"  {_WORDS[verdict]}")
    if not report.complete:
        complain("  The account was not seen back to the first day, so more may differ.")
