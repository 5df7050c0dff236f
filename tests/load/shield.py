"""How much abuse a person is shown who does their whole job through the pages, and what they miss."""

import json
from collections.abc import Iterator
from pathlib import Path

from breakwater.config.bench.figures import Figure
from tests.load.places import place

SHARED = Path(__file__).parents[3] / "shared" / "data" / "scoring"
GOAL_SHOWN, GOAL_MISSED = 0.05, 0.01
USUAL = ("abuse", "what asks")
"""The level and the policy that the goal is asked of."""


def figures() -> Iterator[Figure]:
    """The whole curve, on our own labelled stream and, where it is there, on dev; the goal is our
    own stream's."""
    for stream in ("own", "dev") if SHARED.exists() else ("own",):
        with place("sqlite") as here:
            here.inside("open_inbox", here.quay.origin, 0)
            curve = json.loads(here.inside("replay", stream))
        for level, policy, toxic, shown, asked, missed, threats, lost in curve:
            goal = stream == "own" and (level, policy) == USUAL
            met = _share(shown, toxic) <= GOAL_SHOWN and _share(missed, asked) <= GOAL_MISSED
            threat = f", threats missed {_said(lost, threats)}" if threats else ""
            question = f"; questions missed {_said(missed, asked)}" if asked else ""
            yield Figure(
                f"shield on {stream}, level {level}, opening {policy}",
                f"toxic shown {_said(shown, toxic)}{question}{threat}",
                f"≤ {GOAL_SHOWN:.0%} at ≤ {GOAL_MISSED:.0%}" if goal else "", met if goal else None,
            )  # fmt: skip


def _share(some: int, of: int) -> float:
    return some / of if of else 0.0


def _said(some: int, of: int) -> str:
    return f"{some}/{of} ({_share(some, of):.1%})"
