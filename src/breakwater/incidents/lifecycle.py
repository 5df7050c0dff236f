"""The states of an incident, of its containment, and of what is to change after it.

Phases (noticed, contained, decided, said, calm) are none of them: they are read from facts.
"""

from breakwater.domain.graph import Graph, moves

INCIDENT = Graph(
    name="incident",
    initial="open",
    moves=moves({"open": {"closed"}, "closed": {"open"}}),
)

CONTAINMENT = Graph(
    name="containment",
    initial="asked",
    moves=moves(
        {
            "asked": {"walled", "stuck"},
            "walled": {"sealing", "stuck"},
            "sealing": {"deleting", "stuck"},
            "deleting": {"sealing", "proved", "stuck"},
            "proved": {"sealing", "done", "stuck"},
            "done": {"sealing"},
            "stuck": {"walled", "sealing", "deleting", "proved"},
        }
    ),
)
"""A post that arrives meanwhile, or afterwards while the incident is open, leads back to sealing. A
stuck one waits for a person, and goes back to where it was."""

ACTION = Graph(
    name="action",
    initial="open",
    moves=moves({"open": {"closed", "dropped"}, "closed": set(), "dropped": set()}),
)
"""Dropped with a reason; what is open is reminded of until it is neither."""
