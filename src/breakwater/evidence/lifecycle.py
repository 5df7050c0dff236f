"""The states of a capture."""

from breakwater.domain.graph import Graph, moves

CAPTURE = Graph(
    name="capture",
    initial="asked",
    moves=moves(
        {
            "asked": {"taking"},
            "taking": {"asked", "sealed", "partial", "failed"},
            "sealed": {"asked"},
            "partial": {"asked"},
            "failed": {"asked"},
        }
    ),
    quiet=frozenset({"taking"}),
)
"""taking → asked: who had it in hand is gone. sealed → asked: an image of a minor is in it: its
address alone is kept, anew. partial: something essential is missing; failed: nothing is on disk."""
OPEN = ("asked", "taking")
ON_DISK = ("sealed", "partial")
