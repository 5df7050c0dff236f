"""Put a backup back. Stop Breakwater first. Afterwards everything is held: nothing is sent
until a person has compared the ledger with the networks and released the hold.
"""

import argparse
from pathlib import Path

from breakwater.config import backups
from breakwater.config.terminal import say
from breakwater.core import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="the backup")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the keys of --with-keys")
    parser.add_argument("--force", action="store_true", help="replace a database that is in use")
    parser.add_argument("--finish", metavar="TAKEN_AT", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    now = clock.now()
    if options.finish:
        held = backups.finish(options.finish, now=now)
        say(
            f"Restored. {held} workspaces are held until a person releases them: compare with "
            "`breakwater reconcile WORKSPACE`, let the ledger learn what is out already "
            "(`--adopt --as EMAIL`), look at the calendar (what was moved, revoked or cancelled "
            "since the backup stands as before), then `breakwater hold release WORKSPACE "
            "--as EMAIL`."
        )
        return 0
    if options.file is None:
        say("Which backup? `breakwater restore FILE`")
        return 2
    backups.restore(options.file, keys_from=options.keys, force=options.force, now=now)
    return 0
