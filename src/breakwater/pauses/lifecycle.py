"""The states of a pause."""

from breakwater.domain.graph import Graph, moves

PAUSE = Graph(
    name="pause",
    initial="open",
    moves=moves(
        {
            "open": {"resuming"},
            "resuming": {"ended", "open"},
            "ended": set(),
        }
    ),
)
"""resuming: what is late is set aside, and the holds still stand. Pressed meanwhile: open again."""
