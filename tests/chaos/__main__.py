"""`make chaos`: play the scenes, print the table. Exit status 1 when a figure is missed.

A run can be repeated with its seed, and one scene of it with --only and --database: every fault,
instant and choice of the harness is drawn from it. What the processes do in between is theirs.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

from breakwater.config.bench.figures import Figure, machine
from breakwater.config.terminal import complain, say, table
from tests.chaos.table import figures
from tests.chaos.wishes import DATABASES, KINDS, Wish, left_out, wishes

_AT_ONCE = 3
"""Scenes mostly wait; more side by side would only be late for their own deadlines."""
_LONGEST_S = 1500
_BROKEN = ("lost", "twice", "wrong")


def main() -> int:
    options = _options()
    seed = options.seed if options.seed is not None else secrets.randbelow(1_000_000)
    only = [options.only] if options.only else []
    databases = [options.database] if options.database else list(DATABASES)
    wanted = wishes(
        quick=options.quick, seed=seed, only=only, databases=databases, keep=options.keep
    )
    say(f"{machine()}\nseed {seed}, periods 1:{wanted[0].scale:.0f}, {len(wanted)} scenes\n")
    if not options.only and left_out():
        complain(left_out())
    begun = monotonic()
    with ThreadPoolExecutor(options.at_once) as pool:
        played = list(pool.map(_play, wanted))
    tallies = [one for one in played if one is not None]
    rows = figures(tallies, whole=not (options.quick or only or options.database))
    rows += [
        Figure(f"{wish.scene} on {wish.database}", "broke off", "to its end", False)
        for wish, one in zip(wanted, played, strict=True)
        if one is None
    ]
    say(table([("figure", "measured", "goal", ""), *(_row(row) for row in rows)]))
    say(f"\n{(monotonic() - begun) / 60:.1f} minutes. Again: make chaos SEED={seed}")
    _explain(tallies)
    return 1 if any(row.met is False for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every kind, in small numbers")
    parser.add_argument("--seed", type=int, help="of an earlier run, to play it again")
    parser.add_argument("--only", choices=KINDS, help="this kind alone")
    parser.add_argument("--database", choices=DATABASES, help="this database alone")
    parser.add_argument("--keep", action="store_true", help="leave the folders of all scenes")
    parser.add_argument("--at-once", type=int, default=_AT_ONCE, help="scenes side by side")
    return parser.parse_args()


def _play(wish: Wish) -> dict[str, Any] | None:
    """The scene's tally; None, after its last words, where it broke off."""
    command = [sys.executable, "-m", "tests.chaos.scene", json.dumps(wish.plain())]
    if wish.scene == "disk":  # what it mounts goes with it, and with root in its own eyes it may
        pretend = [] if os.geteuid() == 0 else ["--map-root-user"]
        command = ["unshare", *pretend, "--mount", *command]
    begun = monotonic()
    done = subprocess.run(
        command, env=os.environ, capture_output=True, text=True, check=False, timeout=_LONGEST_S
    )
    took = monotonic() - begun
    if done.returncode:
        complain(f"{wish.scene} on {wish.database} broke off:\n{done.stderr[-3000:]}")
        return None
    tally: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    counts = ", ".join(f"{tally[f'{what}_count']} {what}" for what in _BROKEN)
    say(f"  {wish.scene} on {wish.database}: {counts}; {took:.0f} s")
    if done.stderr.strip():
        complain(done.stderr.strip())
    return tally


def _explain(tallies: Sequence[dict[str, Any]]) -> None:
    """Every difference in a sentence, but those of the control."""
    for one in tallies:
        for what in _BROKEN if one["scene"] != "naive" else ():
            for sentence in one[what]:
                complain(f"{one['scene']} on {one['database']}, {what}: {sentence}")
        missing = [cell for cell, played in one["cells"].items() if not played]
        if missing:
            complain(f"{one['scene']} on {one['database']}, not played: {', '.join(missing)}")


def _row(figure: Figure) -> tuple[str, str, str, str]:
    mark = "" if figure.met is None else ("met" if figure.met else "MISSED")
    return (figure.what, figure.measured, figure.goal, mark)


if __name__ == "__main__":
    raise SystemExit(main())
