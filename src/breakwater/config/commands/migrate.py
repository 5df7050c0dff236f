"""Bring the database up to this version. Does nothing where it is already."""

import argparse

from django.core.management import call_command

from breakwater.config import checks
from breakwater.config.terminal import say
from breakwater.core import schema


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only say what would be done")


def run(options: argparse.Namespace) -> int:
    checks.reach_database()
    before = schema.pending()
    if options.plan:
        for name in before:
            say(name)
        return 0
    call_command("migrate", interactive=False, verbosity=0)
    say(f"The database is up to date ({len(before)} steps done).")
    return 0
