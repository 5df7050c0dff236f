"""The states of a post. "Published" is not one of them: it is read from its deliveries."""

from breakwater.domain.graph import Graph, moves

POST = Graph(
    name="post",
    initial="draft",
    moves=moves(
        {
            "draft": {"in_review", "approved", "cancelled"},
            "in_review": {"approved", "draft", "cancelled"},
            "approved": {"scheduled", "draft", "cancelled"},
            "scheduled": {"draft", "cancelled"},
            "cancelled": {"draft"},
        }
    ),
)

EDITABLE = ("draft",)
"""Any other state goes back to draft first, which voids approval and deliveries."""

SUBMITTED = ("in_review", "approved", "scheduled")
"""Its author counts on it: who takes it out of these tells them."""
