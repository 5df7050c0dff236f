"""`python -m tests.load`: how much leaves how fast, beside another program, and what a pause stops.

Takes about fifteen minutes. Nothing of your own data is touched: it runs in temporary folders.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator

from breakwater.config.bench.figures import Figure, machine
from breakwater.config.terminal import say, table
from tests.load import beside, contain, crowds, inbox, rush, shield, strays, wall
from tests.load.places import DATABASES, load_of_machine

PARTS = ("rush", "beside", "wall", "crowds", "storm", "large", "shield", "strays", "contain")


def main() -> int:
    """0 when every figure that has a goal meets it."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # all that was started goes as well
    found: list[Figure] = []
    for part in options.only or PARTS:
        for figure in _measured(part, options):
            found.append(figure)
            sys.stderr.write(f"{figure.what}: {figure.measured}\n")
    say(f"{machine()}, {load_of_machine()}")
    say()
    rows = [("figure", "measured", "goal", "")]
    say(table(rows + [(one.what, one.measured, one.goal, _mark(one)) for one in found]))
    return int(any(one.met is False for one in found))


def _measured(part: str, options: argparse.Namespace) -> Iterator[Figure]:
    databases = [options.database] if options.database else DATABASES
    if part == "beside":
        yield from beside.figures(options.deliveries, options.seed)
    if part == "shield":
        yield from shield.figures()
    if part == "crowds":
        yield from crowds.figures(options.messages, options.seed)
    by_database: dict[str, Callable[[str], Iterator[Figure]]] = {
        "crowds": lambda on: crowds.served(on, options.messages),
        "rush": lambda on: rush.figures(on, options.deliveries),
        "wall": lambda on: wall.figures(on, options.deliveries, options.pauses),
        "strays": lambda on: strays.figures(on, options.strays),
        "contain": lambda on: contain.figures(on, options.hijacked),
        "storm": lambda on: inbox.storms(on, options.storm, options.minutes, options.seed),
        "large": lambda on: inbox.large(on, options.inbox),
    }
    for database in databases if part in by_database else ():
        yield from by_database[part](database)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone")
    parser.add_argument("--deliveries", type=int, default=rush.USUAL)
    parser.add_argument("--messages", type=int, default=crowds.USUAL, help="of a pile-on")
    parser.add_argument("--storm", type=int, default=inbox.STORM, help="messages that come")
    parser.add_argument("--minutes", type=float, default=inbox.MINUTES, help="within which they do")
    parser.add_argument("--inbox", type=int, default=inbox.LARGE, help="messages of a large inbox")
    parser.add_argument("--strays", type=int, default=strays.USUAL, help="posts of nobody here")
    parser.add_argument("--hijacked", type=int, default=contain.USUAL, help="posts to contain")
    parser.add_argument("--pauses", type=int, default=0, help="instead of as many as usual")
    parser.add_argument("--database", choices=DATABASES, help="on this one alone")
    parser.add_argument("--seed", type=int, default=7, help="of the kills")
    return parser.parse_args()


def _mark(figure: Figure) -> str:
    return "" if figure.met is None else ("met" if figure.met else "MISSED")


if __name__ == "__main__":
    sys.exit(main())
