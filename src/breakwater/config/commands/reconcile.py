"""Hold the ledger against what the accounts themselves show. It only reads, unless --adopt is said.

Exit status: 0 all agrees (or was adopted), 1 something differs, 3 nothing differs but not all was
seen. Nothing is ever sent.
"""

import argparse
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from breakwater.channels import selectors
from breakwater.channels.models import Channel
from breakwater.config import checks
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock
from breakwater.delivery.reconcile import Report, Verdict
from breakwater.delivery.selectors import quarantines
from breakwater.domain import walltime
from breakwater.domain.errors import Misconfigured
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at, workspace_at
from breakwater.publishing.services import reconcile_channel

EX_DIFFERS = 1
EX_UNSEEN = 3
_DAYS = 30
_WORDS = {
    Verdict.FOUND: "found: it is out and ours, and the ledger does not know (--adopt tells it)",
    Verdict.ADOPTED: "adopted: it was out, and the ledger knows it now",
    Verdict.UNCLEAR: "unclear: posts there could be it (--adopt asks a person which)",
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
        "--since",
        type=date.fromisoformat,
        help="first day, as in 2026-03-01; 30 days ago, or the day before a restored backup",
    )
    parser.add_argument("--until", type=date.fromisoformat, help="last day; today")
    parser.add_argument(
        "--adopt", action="store_true", help="let the ledger learn what was found; wants --as"
    )
    parser.add_argument(
        "--as", dest="person", help="your e-mail address here: whoever may plan and cancel posts"
    )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    workspace = workspace_at(options.workspace)
    by = _person(options, workspace)
    since, until = _period(options, workspace, clock.now())
    reports = [
        reconcile_channel(
            one, since=since, until=until, adopt=options.adopt, by=by, now=clock.now()
        )
        for one in _channels(options, workspace)
    ]
    if not reports:
        say("There is no connected channel to look at.")
    for report in reports:
        _print(report)
    return _status(reports)


def _person(options: argparse.Namespace, workspace: Workspace) -> UUID | None:
    """Whose name an adoption bears."""
    if options.adopt and not options.person:
        raise Misconfigured("--adopt", "--adopt is somebody's deed: say --as with your e-mail.")
    if not options.person:
        return None
    return access(person_at(options.person), workspace.slug, Right.SCHEDULE).person.pk


def _status(reports: list[Report]) -> int:
    differing = [one.verdict for report in reports for one in report.differing]
    if any(verdict is not Verdict.UNREADABLE for verdict in differing):
        return EX_DIFFERS
    return 0 if all(report.fine for report in reports) else EX_UNSEEN


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
    first = options.since or _first(workspace, last, zone)
    if first > last:
        raise Misconfigured("--since", "--since has to be a day before --until.")
    return walltime.instant(first, time.min, workspace.zone), walltime.end_of(last, workspace.zone)


def _first(workspace: Workspace, last: date, zone: ZoneInfo) -> date:
    """Thirty days; after a restore at least from the day before the backup on."""
    usual = last - timedelta(days=_DAYS)
    open_ones = [one for one in quarantines(workspace.pk) if one.released_at is None]
    known = [one.known_until.astimezone(zone).date() for one in open_ones if one.known_until]
    return min([usual, *(day - timedelta(days=1) for day in known)])


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
