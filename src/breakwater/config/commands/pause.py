"""Hold everything at once, in a person's name; see what is paused, narrow it, end it.

`begin` answers when nothing more leaves by itself, and names what was leaving at that moment.
"""

import argparse
from datetime import datetime

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.domain.errors import Forbidden, NotFound
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import open_pause, pauses_of
from breakwater.pauses.services.pausing import Answer, pause_all
from breakwater.pauses.services.resuming import Resumed, narrow, resume_all, scope_of
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access, accesses, person_at, workspace_at


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    begun = what.add_parser("begin", help="no post leaves any more, no rule and no program answers")
    listed = what.add_parser("list", help="what was paused, when and why")
    narrowed = what.add_parser("narrow", help="only what has one of these stays paused")
    ended = what.add_parser("resume", help="what lies ahead leaves; what was late asks first")
    begun.add_argument("workspace", nargs="?", help="its short name, as in addresses: /w/<name>/")
    begun.add_argument(
        "--everywhere", action="store_true",
        help="in every workspace of yours (for whoever looks after the installation)",
    )  # fmt: skip
    begun.add_argument(
        "--daily", action="store_true", help="day by day: what is confirmed for a day leaves then"
    )
    for one in (listed, narrowed, ended):
        one.add_argument("workspace", help="its short name")
    narrowed.add_argument(
        "--label", action="append", default=[], help="more than once, if you like"
    )
    narrowed.add_argument("--country", action="append", default=[], help="two letters, like FR")
    for one in (narrowed, ended):
        one.add_argument(
            "--despite", action="store_true",
            help="although something is undecided, or the time to look again is over",
        )  # fmt: skip
    for one in (begun, narrowed, ended):
        one.add_argument("--why", default="", help="in a few words")
    for one in (begun, narrowed, ended):
        one.add_argument("--as", dest="person", required=True, help="your e-mail address here")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    if options.what == "list":
        rows = pauses_of(workspace_at(options.workspace).pk)
        say(table([_line(one) for one in rows]) if rows else "Nothing was ever paused here.")
        return 0
    person = person_at(options.person)
    if options.what == "begin":
        _begin(person, options)
        return 0
    by = access(person, options.workspace, Right.RESUME)
    say(_resumed(_loosened(by, options)))
    return 0


def _begin(person: Person, options: argparse.Namespace) -> None:
    mode = "daily" if options.daily else "all"
    for by in _wanted(person, options):
        said = pause_all(by, options.why, via="command", mode=mode, now=clock.now())
        say(_answer(by, said))


def _wanted(person: Person, options: argparse.Namespace) -> list[Access]:
    if not options.everywhere:
        return [access(person, options.workspace or "", Right.PAUSE)]
    if not person.administrator:
        raise Forbidden(code="not_administrator")
    return [one for one in accesses(person) if one.may(Right.PAUSE)]


def _loosened(by: Access, options: argparse.Namespace) -> Resumed:
    pause = open_pause(by.workspace.pk)
    if pause is None:
        raise NotFound(what="pause")
    now = clock.now()
    if options.what == "narrow":
        scope = scope_of(by.workspace.pk, (), options.label, options.country)
        return narrow(by, pause, scope, why=options.why, despite=options.despite, now=now)
    return resume_all(by, pause, why=options.why, despite_undecided=options.despite, now=now)


def _answer(by: Access, said: Answer) -> str:
    head = f"{by.workspace.name}: nothing more leaves."
    counts = (
        f"{said.held} posts wait, {len(said.leaving)} were leaving at that moment, "
        f"{said.out_day} went out in the last 24 hours."
    )
    return "\n".join(
        [head, counts, *(f"  leaving: {row.channel} {row.pk}" for row in said.leaving)]
    )


def _resumed(done: Resumed) -> str:
    return (
        f"Done. {done.goes_on} held posts leave at their time, {done.asks} were late and ask a "
        f"person, {done.dropped} answers of rules are dropped."
    )


def _line(one: Pause) -> tuple[str, ...]:
    ended = _utc(one.ended_at) if one.ended_at else "still open"
    return _utc(one.created_at), ended, one.mode, str(one.by or ""), one.why


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
