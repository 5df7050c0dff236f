"""How much abuse a person is shown who does their whole job through the pages, and what they miss."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from breakwater.config.bench.figures import Figure
from tests.load.places import place

SHARED = Path(__file__).parents[3] / "shared" / "data" / "scoring"
GOAL_SHOWN, GOAL_MISSED = 0.05, 0.01
ASKED = (("abuse", "what asks"), ("careful", "what asks"))
"""The levels and the policy that the goal is asked of: the default, and the one above it, at which texts are still read."""


def figures() -> Iterator[Figure]:
    """The whole curve, on our own labelled stream and, where it is there, on dev, by its labels and by
    ours; the goal is our own stream's, at two levels. Last, what any limit on the scorer's chances could do."""
    for stream in ("own", "dev", "relabelled") if SHARED.exists() else ("own",):
        with place("sqlite") as here:
            here.inside("open_inbox", here.quay.origin, 0)
            found = json.loads(here.inside("replay", stream))
        for level, policy, *counts in found["pages"]:
            what = f"shield on {stream}, level {level}, opening {policy}"
            yield _figure(what, counts, goal=stream == "own" and (level, policy) in ASKED)
        for cut, *counts in found["bound"]:
            what = f"shield on {stream}, if all were veiled from a chance of {cut}"
            yield _figure(what, counts, goal=False)


def _figure(what: str, counts: Sequence[int], *, goal: bool) -> Figure:
    toxic, shown, asked, missed, behind, threats, lost, harmless, veiled = counts
    met = _share(shown, toxic) <= GOAL_SHOWN and _share(missed, asked) <= GOAL_MISSED
    said = f"toxic shown {_said(shown, toxic)}"
    if asked:
        said += f"; questions missed {_said(missed, asked)}, veiled {_said(behind, asked)}"
    if threats:
        said += f"; threats missed {_said(lost, threats)}"
    return Figure(
        what, f"{said}; harmless veiled {_said(veiled, harmless)}",
        f"≤ {GOAL_SHOWN:.0%} at ≤ {GOAL_MISSED:.0%}" if goal else "", met if goal else None,
    )  # fmt: skip


def _share(some: int, of: int) -> float:
    return some / of if of else 0.0


def _said(some: int, of: int) -> str:
    return f"{some}/{of} ({_share(some, of):.1%})"
