"""Verify what is kept as evidence, hand a package out, print the script that checks it elsewhere.

Keep the printed heads elsewhere: with one, `verify.py --head` finds a chain that was made anew.
"""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from breakwater.config import checks
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock
from breakwater.evidence import proving, verify
from breakwater.evidence.selectors import capture_of
from breakwater.evidence.services import stamping
from breakwater.evidence.services.exporting import export, script
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at, workspace_at


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    proved = what.add_parser("verify", help="prove chain, rows, files and packages; or one export")
    proved.add_argument("workspace", nargs="?", help="its short name; left out: all of them")
    proved.add_argument("--file", type=Path, help="an export instead: a ZIP, or its folder")
    proved.add_argument("--head", default="", help="NUMBER:SEAL that somebody noted (with --file)")
    out = what.add_parser("export", help="write one package with all that is needed to check it")
    out.add_argument("workspace", help="its short name, as in addresses: /w/<name>/")
    out.add_argument("capture", type=UUID, help="as in its address: /evidence/<id>/")
    out.add_argument("file", type=Path, help="the ZIP to write; it must not be there yet")
    out.add_argument("--as", dest="person", required=True, help="your e-mail address here")
    what.add_parser("script", help="print verify.py, which needs Python and nothing of ours")
    what.add_parser("stamp-again", help="ask again for time stamps that were given up")
    what.add_parser("heads", help="print where each workspace's chain ends")


def run(options: argparse.Namespace) -> int:
    if options.what == "script":
        sys.stdout.write(script().decode())
        return 0
    if options.what == "verify" and options.file:
        head = ["--head", options.head] if options.head else []
        return verify.main([str(options.file), *head])
    checks.stop_on_trouble(clock.now)
    deeds = {"verify": _verify, "export": _export, "heads": _heads, "stamp-again": _stamp_again}
    return deeds[options.what](options)


def _verify(options: argparse.Namespace) -> int:
    named = [workspace_at(options.workspace).pk] if options.workspace else sorted(proving.heads())
    found = [(str(one), *finding) for one in named for finding in proving.prove(one)]
    for workspace, place, words in found:
        complain(f"workspace {workspace}: {place} {words}")
    if not found:
        say(f"Evidence holds: {len(named)} workspaces.")
    return 1 if found else 0


def _export(options: argparse.Namespace) -> int:
    by = access(person_at(options.person), options.workspace, Right.RESPOND)
    capture = capture_of(by.workspace.pk, options.capture)
    with options.file.open("xb") as out:
        out.write(export(by, capture, via="command", now=clock.now()))
    say(f"Written: {options.file}. It is noted that {by.person.name} took it.")
    return 0


def _stamp_again(_options: argparse.Namespace) -> int:
    number = stamping.ask_again(now=clock.now())
    say(f"{number} packages are shown to the time-stamping authority again, within minutes.")
    return 0


def _heads(_options: argparse.Namespace) -> int:
    names = {one.pk: one.slug for one in Workspace.objects.filter(pk__in=proving.heads())}
    rows = [(names[one], f"{n}:{seal}") for one, (n, seal) in sorted(proving.heads().items())]
    say(table(rows) if rows else "Nothing was ever kept.")
    return 0
