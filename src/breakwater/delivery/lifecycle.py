"""The states of a delivery (docs/delivery.md, section 0)."""

from breakwater.domain.graph import Graph, moves

DELIVERY = Graph(
    name="delivery",
    initial="queued",
    quiet=frozenset({"claimed", "prepared"}),
    moves=moves(
        {
            "queued": {"claimed", "held", "missed", "needs_human", "cancelled"},
            "retry_wait": {
                "claimed", "accepted", "held", "missed", "needs_human", "cancelled",
            },
            "claimed": {
                "prepared", "queued", "retry_wait", "held", "missed", "needs_human", "failed",
                "cancelled", "accepted",
            },
            "prepared": {
                "sending", "retry_wait", "held", "missed", "needs_human", "failed", "cancelled",
            },
            "sending": {"accepted", "retry_wait", "unknown", "needs_human", "failed"},
            "unknown": {"accepted", "retry_wait", "needs_human", "failed"},
            "accepted": {"verified", "needs_human"},
            "needs_human": {"accepted", "queued", "failed", "cancelled", "verified"},
            "held": {"queued", "missed", "cancelled"},
            "missed": {"queued", "cancelled"},
            "failed": {"queued", "cancelled"},
            "verified": set(),
            "cancelled": set(),
        }
    ),
)  # fmt: skip

WAITING = ("queued", "retry_wait")
"""Not begun: can be moved or cancelled without a trace on the network."""

IN_HAND = ("claimed", "prepared", "sending")
"""A worker's incarnation has it."""

BEGUN = ("sending", "unknown", "accepted", "verified", "needs_human")
"""The network may have it, or has it."""

ASKS = ("needs_human", "missed", "held", "failed")
"""Waits for a person."""
