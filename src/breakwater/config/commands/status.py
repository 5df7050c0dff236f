"""Is everything all right? What is late, unknown, stuck or held, and why. Needs no web process.

Exit status: 0 all right, or Breakwater sees to it; 1 something needs a person; 2 it cannot be told.
"""

import argparse
from collections.abc import Iterator
from datetime import datetime

from breakwater.api.schemas.status import StatusOut, TroubleOut
from breakwater.api.status import status_out
from breakwater.config import checks
from breakwater.config.terminal import complain, say
from breakwater.core import clock, schema
from breakwater.delivery.standing import every_workspace
from breakwater.domain.errors import Misconfigured
from breakwater.people.selectors import workspace_at

EX_PERSON = 1
EX_CANNOT_TELL = 2
_STATUS = {"all_right": 0, "taking_care": 0, "needs_you": EX_PERSON, "cannot_tell": EX_CANNOT_TELL}
_SIGNS = {"care": "…", "person": "!", "unknown": "?"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workspace", nargs="?", help="its short name, as in /w/<name>/; else all")
    parser.add_argument("--json", action="store_true", help="for machines: one line a workspace")


def run(options: argparse.Namespace) -> int:
    if not _can_tell():
        return EX_CANNOT_TELL
    asked = [workspace_at(options.workspace)] if options.workspace else every_workspace()
    answers = [status_out(workspace, clock.now()) for workspace in asked]
    for answer in answers:
        say(answer.model_dump_json() if options.json else "\n".join(_lines(answer)))
    if not answers:
        complain("There is no workspace yet.")
    found = {_STATUS[answer.verdict] for answer in answers}
    return next((one for one in (EX_PERSON, EX_CANNOT_TELL) if one in found), 0)


def _can_tell() -> bool:
    """Whether the database can be asked; it is said when not."""
    try:
        checks.refuse_half_restored()
        checks.reach_database()
    except Misconfigured as error:
        complain(f"It cannot be told whether everything is all right. {error.mend}")
        return False
    if schema.pending():
        complain("It cannot be told whether everything is all right. Run: breakwater migrate")
        return False
    return True


def _lines(answer: StatusOut) -> Iterator[str]:
    yield f"{answer.workspace}: {answer.message}"
    for one in answer.troubles:
        yield from _trouble(one)


def _trouble(one: TroubleOut) -> Iterator[str]:
    yield f"  {_SIGNS[one.level]} {one.message}{_times(one.since, one.until)}."
    if rest := " ".join(part for part in (one.itself, one.person) if part):
        yield f"    {rest}"
    for row in one.deliveries:
        yield f"    - {row.delivery_id} {row.channel}{_times(row.since, row.until)}"
    if one.more:
        yield f"    and {one.more} more"


def _times(since: datetime | None, until: datetime | None) -> str:
    first = f", since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
    return f"{first}, next {until:%Y-%m-%d %H:%M:%S} UTC" if until else first
