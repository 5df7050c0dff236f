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

SIGNAL = Graph(
    name="signal",
    initial="open",
    moves=moves({"open": {"dismissed", "paused"}, "dismissed": set(), "paused": set()}),
)
SLOT = Graph(
    name="slot",
    initial="proposed",
    moves=moves({"proposed": {"accepted", "refused"}, "accepted": set(), "refused": {"proposed"}}),
)
