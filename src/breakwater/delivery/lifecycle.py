"""The states of a delivery (docs/delivery.md, section 0)."""

from breakwater.domain.graph import Graph, moves

DELIVERY = Graph(
    name="delivery",
    initial="queued",
    quiet=frozenset({"claimed", "prepared"}),
    moves=moves(
        {
            "queued": {"claimed", "accepted", "held", "missed", "needs_human", "cancelled"},
            "retry_wait": {
                "claimed", "accepted", "held", "missed", "needs_human", "cancelled",
            },
            "claimed": {
                "prepared", "sending", "queued", "retry_wait", "held", "missed", "needs_human", "failed",
                "cancelled", "accepted",
            },
            "prepared": {
                "sending", "retry_wait", "held", "missed", "needs_human", "failed", "cancelled",
                "accepted",
            },
            "sending": {"accepted", "retry_wait", "unknown", "needs_human", "failed"},
            "unknown": {"accepted", "retry_wait", "needs_human", "failed"},
            "accepted": {"verified", "taken", "needs_human"},
            "needs_human": {"accepted", "queued", "failed", "cancelled", "verified"},
            "held": {"queued", "accepted", "missed", "needs_human", "cancelled"},
            "missed": {"queued", "accepted", "needs_human", "cancelled"},
            "failed": {"queued", "accepted", "needs_human", "cancelled"},
            "verified": set(),
            "taken": set(),
            "cancelled": set(),
        }
    ),
)  # fmt: skip

OPEN = (
    "queued", "retry_wait", "claimed", "prepared", "sending", "unknown", "needs_human", "held",
    "missed", "failed",
)  # fmt: skip
"""Its post is not known. After a restore it may be out all the same (delivery.reconcile)."""

OUT = ("accepted", "verified", "taken")
"""The network has it. taken: it said so, and lets nobody look."""

WAITING = ("queued", "retry_wait")
"""Not begun: can be moved or cancelled without a trace on the network."""

IN_HAND = ("claimed", "prepared", "sending")
"""A worker's incarnation has it."""

BEGUN = ("sending", "unknown", "accepted", "verified", "taken", "needs_human")
"""The network may have it, or has it."""

ASKS = ("needs_human", "missed", "held", "failed")
"""Waits for a person."""
