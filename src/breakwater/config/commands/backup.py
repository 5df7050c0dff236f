"""Write a backup of the database, the pictures and the networks' files. Nobody has to stop.

The keys are not in it: without them the backup opens no channel. Keep them apart: copy the keys
folder once, or say --with-keys FILE.
"""

import argparse
from pathlib import Path

from breakwater.config import backups, checks
from breakwater.config.terminal import say
from breakwater.core import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where the backup goes, as in desk.tar")
    parser.add_argument("--with-keys", type=Path, metavar="FILE", help="write the keys there")


def run(options: argparse.Namespace) -> int:
    checks.reach_database()
    manifest = backups.backup(options.file, keys_to=options.with_keys, now=clock.now())
    say(f"{options.file}: {len(manifest.files)} files, {options.file.stat().st_size} bytes.")
    if options.with_keys:
        say(f"{options.with_keys}: the keys. Keep them apart from the backup.")
    return 0
