"""The states of a drill and of its beats."""

from breakwater.domain.graph import Graph, moves

DRILL = Graph(
    name="drill",
    initial="preparing",
    moves=moves(
        {"preparing": {"running", "ended"}, "running": {"ended"}, "ended": set()},
    ),
)
"""preparing: its brand is founded, accounts connected, posts written. running: its clock goes."""

BEAT = Graph(
    name="beat",
    initial="waiting",
    moves=moves(
        {
            "waiting": {"taken", "dropped"},
            "taken": {"waiting", "played", "dropped"},
            "played": set(),
            "dropped": set(),
        }
    ),
    quiet=frozenset({"waiting", "taken", "played", "dropped"}),
)
"""dropped: it met a closed door, or the drill was over before."""
