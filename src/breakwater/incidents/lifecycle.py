"""The states of an incident, of its containment, and of what is to change after it.

Phases (noticed, contained, decided, said, calm) are none of them: they are read from facts.
"""

from breakwater.domain.graph import Graph, moves

INCIDENT = Graph(
    name="incident",
    initial="open",
    moves=moves({"open": {"closed"}, "closed": {"open"}}),
)

_LATER = {"sealing", "deleting", "stuck", "proved"}

CONTAINMENT = Graph(
    name="containment",
    initial="asked",
    moves=moves(
        {
            "asked": {"walled"},
            "walled": _LATER,
            "sealing": _LATER - {"sealing"},
            "deleting": _LATER - {"deleting"},
            "stuck": _LATER - {"stuck"},
            "proved": {*_LATER, "done"} - {"proved"},
            "done": _LATER,
        }
    ),
)
"""Which of them it is in is read from its posts each time (services.progress): one that arrives later
leads back to sealing, also from done. A stuck one waits for a person; the others go on meanwhile."""

ACTION = Graph(
    name="action",
    initial="open",
    moves=moves({"open": {"closed", "dropped"}, "closed": set(), "dropped": set()}),
)
"""Dropped with a reason; what is open is reminded of until it is neither."""
