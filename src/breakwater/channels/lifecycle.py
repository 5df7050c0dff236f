"""The states of a channel."""

from breakwater.domain.graph import Graph, moves

CHANNEL = Graph(
    name="channel",
    initial="connected",
    moves=moves(
        {
            "connected": {"reconnect", "disconnected"},
            "reconnect": {"connected", "disconnected"},
            "disconnected": {"connected"},
        }
    ),
)
