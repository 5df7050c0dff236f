"""Find everything of somebody who wrote to a workspace; write it to a file, or erase it.

Without --export and --erase it says what there is, and nothing is changed. Evidence of threats and
crimes stays under a legal basis of its own.
"""

import argparse
import json
from pathlib import Path
from uuid import UUID

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.inbox import authors
from breakwater.inbox.models import Contact
from breakwater.inbox.services import erasing
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("who", help="their handle, name or id on the network; or the number listed")
    parser.add_argument("--workspace", required=True, help="its short name, as in /w/<name>/")
    parser.add_argument("--as", dest="person", required=True, help="your e-mail address here")
    parser.add_argument("--export", type=Path, help="write all that is known of them to this file")
    parser.add_argument("--erase", action="store_true", help="erase it; nothing brings it back")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    by = access(person_at(options.person), options.workspace, Right.INVITE)
    found = _found(by.workspace.pk, options.who)
    if not found:
        say("Nobody of that name wrote here.")
        return 1
    if len(found) > 1 or not (options.export or options.erase):
        say(table([_row(by.workspace.pk, one) for one in found]))
        if len(found) > 1 and (options.export or options.erase):
            say("There are several: say which by the number in front. Nothing was done.")
            return 1
        return 0
    contact = found[0]
    if options.export:
        known = erasing.export(by, contact.pk, now=clock.now())
        _write(options.export, json.dumps(known, ensure_ascii=False, indent=1) + "\n")
        say(f"Written to {options.export}.")
    if options.erase:
        done = erasing.erase(by, contact.pk, now=clock.now())
        say(f"Erased: {done.messages} messages, {done.talks} conversations.")
        say(f"Kept as evidence: {done.kept}. Older backups still have what was erased.")
    return 0


def _found(workspace_id: UUID, who: str) -> list[Contact]:
    try:
        return [authors.contact_of(workspace_id, UUID(who))]
    except ValueError:
        return authors.found(workspace_id, who)


def _row(workspace_id: UUID, contact: Contact) -> tuple[str, ...]:
    there = authors.holdings(workspace_id, contact.pk)
    return (
        str(contact.pk), contact.network, contact.handle or contact.remote_id,
        f"{there.messages} messages", f"{there.talks} conversations", f"{there.notes} notes",
        f"{len(there.kept)} kept as evidence",
    )  # fmt: skip


def _write(path: Path, text: str) -> None:
    """Never over a file that is there, and for its owner alone to read."""
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Misconfigured("--export", f"{path} cannot be written: {error.strerror}.") from error
