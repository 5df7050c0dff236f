"""A pause while much is due and much is leaving: how soon it answers, and whether it holds."""

import json
import sys
from collections.abc import Iterator
from statistics import median

from breakwater.config.bench.figures import Figure, quantile
from tests.load.places import place

USUAL = {"postgresql": 100, "sqlite": 50}
"""Pauses. SQLite has fewer, and each database three minutes at most, so that `make bench` ends."""
WORKERS, SLOTS = 4, 250
ANSWER_S = 10.0
_MOST = 0.9


def figures(database: str, deliveries: int, pauses: int = 0) -> Iterator[Figure]:
    """With fewer deliveries fewer are in flight: a tenth. pauses: 0 means as many as usual."""
    pauses = pauses or USUAL[database]
    flying = min(WORKERS * SLOTS, deliveries // 10)
    slots = max(1, flying // WORKERS)
    with place(database, slots=slots, commit_s=ANSWER_S) as here:
        here.inside("fill_wall", here.quay.origin, deliveries)
        for _ in range(WORKERS):
            here.hire()
        found = json.loads(
            here.inside("pause", here.quay.home, deliveries, int(flying * _MOST), pauses)
        )
    took, begun = found["seconds"], found["begun"]
    p50, p99 = quantile(took, 0.5), quantile(took, 0.99)
    due, leaving = median(found["due"]), median(found["leaving"])
    what = (
        f"{len(took)} pauses, {database}, {due:,.0f} due, {leaving:,.0f} leaving: answer p50 / p99"
    )
    yield Figure(what, f"{p50:.2f} s / {p99:.2f} s", "p99 ≤ 1 s", p99 <= 1)
    yield Figure("  commit calls begun after the answer", str(len(begun)), "0", not begun)
    late = found["late"]
    what = "  begun before it, not named, and at the network after it"
    yield Figure(what, str(len(late)), "0", not late)
    sys.stderr.write("".join(f"{one}\n" for one in [*begun, *late]))
    unasked = found["unasked"]
    resumed = found["release"]
    what = f"  resumed {len(resumed)} of them: left unasked"
    yield Figure(what, str(len(unasked)), "0", not unasked)
    yield Figure("  a resume, at most", f"{max(resumed):.1f} s", "", None)
