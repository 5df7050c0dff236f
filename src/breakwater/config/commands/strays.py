"""See what the accounts show that nobody here sent; or look now, once, without the workers."""

import argparse
import asyncio

from django.conf import settings

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.people.selectors import workspace_at
from breakwater.strays.models import Sighting
from breakwater.strays.selectors import open_alarm, sightings
from breakwater.workers.watch import WatchLoop


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    for name, said in (
        ("list", "what was seen lately, and whether an alarm is open"),
        ("look", "judge now what has arrived, and list it"),
    ):
        one = what.add_parser(name, help=said)
        one.add_argument("workspace", help="its short name, as in addresses: /w/<name>/")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    workspace = workspace_at(options.workspace)
    if options.what == "look":
        asyncio.run(_look())
    rows = sightings(workspace.pk)
    say(table([_line(row) for row in rows]) if rows else "Only your own posts were seen.")
    alarm = open_alarm(workspace.pk)
    if alarm is not None:
        say(f"Alarm {alarm.pk} is {alarm.state}: /w/{workspace.slug}/alarms/{alarm.pk}/")
    return 1 if alarm is not None and alarm.state == "open" else 0


async def _look() -> None:
    """Until nothing is left to be judged."""
    loop = WatchLoop(timings=settings.TIMINGS)
    while await loop.round():
        continue
    await loop.close()


def _line(row: Sighting) -> tuple[str, ...]:
    return (f"{row.created_at:%Y-%m-%d %H:%M}", row.kind, row.state, str(row.channel), row.ref)
