"""See the incidents of a workspace, and write one out as JSON: clock, timeline, tasks, posts.

No text of a post is in it; who did what is said by role alone.
"""

import argparse
import json
from typing import Any

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.incidents import extracts, selectors
from breakwater.incidents.models import Entry, Incident
from breakwater.people.models import Workspace
from breakwater.people.selectors import workspace_at


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help="number, kind, state, began, title")
    export = what.add_parser("export", help="one of them, as JSON")
    for one in (listed, export):
        one.add_argument("workspace", help="its short name, as in addresses: /w/<name>/")
    export.add_argument("number", type=int, help="as on the page")


def run(options: argparse.Namespace) -> int:
    checks.reach_database()
    workspace = workspace_at(options.workspace)
    if options.what == "export":
        return _export(workspace, options.number)
    rows = selectors.incidents(workspace.pk)
    lines = [
        (str(one.number), one.kind, one.state, f"{one.began_at:%Y-%m-%d %H:%M} UTC", one.title)
        for one in rows
    ]
    say(table(lines) if lines else "None.")
    return 0


def _export(workspace: Workspace, number: int) -> int:
    own = selectors.numbered(workspace.pk, number)
    say(json.dumps(_whole(own), ensure_ascii=False, indent=2, default=str))
    return 0


def _whole(own: Incident) -> dict[str, Any]:
    roles = {own.lead_id: "lead", own.spokesperson_id: "spokesperson", own.scribe_id: "scribe"}
    return {
        "number": own.number, "title": own.title, "kind": own.kind, "severity": own.severity,
        "state": own.state, "began_at": own.began_at, "noticed_at": own.noticed_at,
        "phases": [
            {"name": one.name, "at": one.at, "after_min": one.after_min}
            for one in selectors.clock(own)
        ],
        "timeline": [_line(one, roles) for one in reversed(selectors.timeline(own))],
        "tasks": [
            {"text": one.text, "source": one.source, "due_at": one.due_at, "done_at": one.done_at}
            for one in selectors.tasks(own)
        ],
        "facts": extracts.lines(own),
    }  # fmt: skip


def _line(row: Entry, roles: dict[Any, str]) -> dict[str, Any]:
    by = roles.get(row.by_id, "member") if row.by_id else ""
    data = {name: value for name, value in row.data.items() if name != "who"}
    return {
        "at": row.at,
        "by": by,
        "via": row.via,
        "code": row.code,
        "data": data,
        "text": row.text,
    }
