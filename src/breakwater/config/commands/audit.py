"""Verify that nobody touched the audit chain, or print where each chain ends.

Keep the printed heads elsewhere: `verify --heads FILE` then also finds a cut tail.
"""

import argparse
import json
from pathlib import Path
from uuid import UUID

from breakwater.audit import selectors
from breakwater.config.terminal import complain, say
from breakwater.domain.errors import Misconfigured

Heads = dict[UUID, tuple[int, str]]
_WORDS = {"head": "missing, or not the one the head was sealed with"}


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    verify = what.add_parser("verify", help="read every entry and prove the chain")
    verify.add_argument("--heads", type=Path, help="heads printed earlier, kept elsewhere")
    what.add_parser("heads", help="print where each workspace's chain ends, as JSON")


def run(options: argparse.Namespace) -> int:
    heads = selectors.heads()
    if options.what == "heads":
        say(json.dumps({str(k): [n, seal] for k, (n, seal) in heads.items()}, indent=1))
        return 0
    kept = _read(options.heads) if options.heads else {}
    faults = [fault for w in sorted({*heads, *kept}) if (fault := _fault(w, kept.get(w)))]
    for workspace_id, number, what in faults:
        complain(f"workspace {workspace_id}: entry {number} is {_WORDS.get(what, what)}")
    if not faults:
        say(f"The audit chain holds: {len(heads)} workspaces.")
    return 1 if faults else 0


def _fault(workspace_id: UUID, kept: tuple[int, str] | None) -> tuple[UUID, int, str] | None:
    if fault := selectors.verify(workspace_id):
        return fault.workspace_id, fault.number, fault.what
    if kept and selectors.seal_of(workspace_id, kept[0]) != kept[1]:
        return workspace_id, kept[0], "not the one that was printed"
    return None


def _read(path: Path) -> Heads:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {UUID(k): (int(n), str(seal)) for k, (n, seal) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Misconfigured(
            "--heads", f"{path} does not hold heads as `breakwater audit heads` prints them."
        ) from error
