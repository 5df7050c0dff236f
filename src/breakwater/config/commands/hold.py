"""See what is held, and release it in a person's name, as after a restore.

Compare first: `breakwater reconcile` says what the networks have and the ledger does not know.
"""

import argparse
from uuid import UUID

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.delivery.models import Hold
from breakwater.delivery.selectors import open_holds
from breakwater.delivery.services import release
from breakwater.domain.errors import NotFound
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at, workspace_at


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help="what holds deliveries back, and since when")
    freed = what.add_parser("release", help="what was held leaves; what is too late asks first")
    for one in (listed, freed):
        one.add_argument("workspace", help="its short name, as in addresses: /w/<name>/")
    freed.add_argument("--hold", type=UUID, help="only this one (`breakwater hold list`)")
    freed.add_argument(
        "--unchecked",
        action="store_true",
        help="after a restore: although channels were not compared (posts may leave twice)",
    )
    freed.add_argument(
        "--as", dest="person", required=True, help="your e-mail address here: owner or manager"
    )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    if options.what == "list":
        holds = open_holds(workspace_at(options.workspace).pk)
        say(table([_line(one) for one in holds]) if holds else "Nothing is held.")
        return 0
    by = access(person_at(options.person), options.workspace, Right.INVITE)
    moved = [
        row
        for one in _wanted(by.workspace.pk, options.hold)
        for row in release(one, by=by.person.pk, unchecked=options.unchecked, now=clock.now())
    ]
    late = sum(row.state == "missed" for row in moved)
    say(f"Released. {len(moved) - late} deliveries wait for their time, {late} ask a person first.")
    return 0


def _wanted(workspace_id: UUID, hold_id: UUID | None) -> list[Hold]:
    """Of a pause only by name, which is refused: it ends with its pause."""
    every = open_holds(workspace_id)
    holds = [one for one in every if one.pk == hold_id or (hold_id is None and one.of is None)]
    if not holds:
        raise NotFound(what="hold")
    return holds


def _line(hold: Hold) -> tuple[str, ...]:
    kinds = ", ".join(hold.kinds)
    return str(hold.pk), f"{hold.created_at:%Y-%m-%d %H:%M} UTC", hold.tag, kinds, hold.why
