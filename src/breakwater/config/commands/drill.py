"""Practise a crisis: list the scenarios and the drills, begin one, see the times that it gave.

A drill is played by the workers of this installation, in a workspace of its own, on accounts that
exist nowhere else.
"""

import argparse
from datetime import datetime

from django.conf import settings

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.drills.models import Drill
from breakwater.drills.script import said, scenarios
from breakwater.drills.selectors import every_drill
from breakwater.drills.services import Wish, begin
from breakwater.drills.times import times
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="the scenarios, and the drills so far with their times")
    play = what.add_parser("play", help="begin one; the running installation plays it")
    play.add_argument("scenario", help="as `breakwater drill list` names it")
    play.add_argument("--workspace", required=True, help="whose people take part")
    play.add_argument("--as", dest="person", required=True, help="your e-mail address here")
    play.add_argument("--language", choices=("en", "fr"), default="en", help="of the brand")
    play.add_argument("--speed", type=int, default=15, help="times as fast as it happened: 1 to 60")
    play.add_argument(
        "--with", dest="people", action="append", default=[], metavar="EMAIL:ROLE",
        help="who takes part besides you; may be given several times",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    deeds = {"list": _list, "play": _play}
    return deeds[options.what](options, clock.now())


def _list(options: argparse.Namespace, now: datetime) -> int:
    del options, now
    say(table([
        (one.slug, f"{one.minutes} min", said(one.name, "en")) for one in scenarios().values()
    ]))  # fmt: skip
    rows = [_row(one) for one in every_drill()]
    say("\n" + table(rows) if rows else "\nNo drill has been played here.")
    return 0


def _play(options: argparse.Namespace, now: datetime) -> int:
    by = access(person_at(options.person), options.workspace, Right.INVITE)
    people = {person_at(email).pk: role for email, role in map(_part, options.people)}
    wish = Wish(options.scenario, options.language, options.speed, people)
    drill = begin(by, wish, now=now)
    say(f"“{drill.workspace.name}” begins, {drill.speed} times as fast as it happened.")
    say(f"{settings.PUBLIC_URL}/w/{drill.workspace.slug}/drills/{drill.pk}/")
    return 0


def _part(typed: str) -> tuple[str, str]:
    email, parted, role = typed.rpartition(":")
    if not parted:
        raise Misconfigured("with", f"“{typed}” is not like ann@example.org:author.")
    return email, role


def _row(one: Drill) -> tuple[str, ...]:
    """A drill and its times, on the scenario's clock."""
    said_times = [
        f"{step.name} {step.minutes:.0f} min" for step in times(one) if step.minutes is not None
    ]
    return one.workspace.slug, one.scenario, one.state, ", ".join(said_times) or "no times yet"
