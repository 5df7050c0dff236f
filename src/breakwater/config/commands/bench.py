"""Print the table of figures, measured here and now with real processes.

Takes about three minutes. Nothing of your own data is touched: it runs in a temporary folder.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

from breakwater.config.bench import processes
from breakwater.config.bench.figures import Figure, machine, quantile
from breakwater.config.bench.harbour import PARTS
from breakwater.config.terminal import say, table

IDLE_S = 30.0
MINUTE_S = 110.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument(
        "--only", choices=("punctual", "idle", "calendar"), help="measure this part alone"
    )


def run(options: argparse.Namespace) -> int:
    if options.inside:
        say(PARTS[options.inside]())
        return 0
    parts = {"idle": idle, "calendar": the_calendar, "punctual": punctual}
    chosen = [options.only] if options.only else list(parts)
    figures = [figure for name in chosen for figure in _measured(parts[name])]
    say(machine())
    say()
    rows = [("figure", "measured", "goal", "")]
    rows += [(one.what, one.measured, one.goal, _mark(one.met)) for one in figures]
    say(table(rows))
    return 0


def punctual(home: Path, port: int) -> Iterator[Figure]:
    processes.inside("fill_minute", home, port)
    with processes.started("work", home, port):
        late = _wait_for_all(home, port)
    yield Figure("1,000 due in one minute: left", str(len(late)), "1000", len(late) == 1000)
    p50, p99 = quantile(late, 0.5), quantile(late, 0.99)
    yield Figure("  p50 late", f"{p50:.2f} s", "≤ 2 s", p50 <= 2)
    yield Figure("  p99 late", f"{p99:.2f} s", "≤ 15 s", p99 <= 15)


def idle(home: Path, port: int) -> Iterator[Figure]:
    begun = monotonic()
    with processes.started("run", home, port) as child:
        processes.wait_for_page(port)
        start = monotonic() - begun
        Event().wait(10)
        pids = processes.family(child.pid)
        before, since = processes.cpu_s(pids), monotonic()
        Event().wait(IDLE_S)
        used = 100 * (processes.cpu_s(pids) - before) / (monotonic() - since)
        memory = processes.resident_mb(pids)
    yield Figure("restart to first answer", f"{start:.1f} s", "≤ 5 s", start <= 5)
    yield Figure("idle, resident (web + workers)", f"{memory:.0f} MB", "≤ 250 MB", memory <= 250)
    yield Figure("idle, processor", f"{used:.1f} % of a core", "≤ 2 %", used <= 2)


def the_calendar(home: Path, port: int) -> Iterator[Figure]:
    processes.inside("fill_calendar", home, port)
    found = json.loads(processes.inside("read_calendar", home, port))
    for name, one in found.items():
        ms, queries = one["p95_ms"], int(one["queries"])
        yield Figure(f"{name}, 10,000 posts: p95", f"{ms:.0f} ms", "≤ 100 ms", ms <= 100)
        yield Figure(f"{name}: queries", str(queries), "≤ 10", queries <= 10)


def _measured(part: Callable[[Path, int], Iterator[Figure]]) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="breakwater-bench-") as folder:
        home, port = Path(folder), processes.free_port()
        processes.call("migrate", home, port)
        return list(part(home, port))


def _wait_for_all(home: Path, port: int) -> list[float]:
    end = monotonic() + MINUTE_S
    late: list[float] = []
    while monotonic() < end and len(late) < 1000:
        Event().wait(5)
        late = json.loads(processes.inside("lateness", home, port))
    return late


def _mark(met: bool | None) -> str:
    return "" if met is None else ("met" if met else "MISSED")
