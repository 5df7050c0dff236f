"""The states of a conversation, and of a proposed answer.

"Answered" is none of them: it is read from the deliveries of its answers.
"""

from breakwater.domain.graph import Graph, moves

THREAD = Graph(
    name="thread",
    initial="open",
    moves=moves(
        {
            "open": {"snoozed", "done", "aside"},
            "snoozed": {"open", "done", "aside"},
            "done": {"open"},
            "aside": {"open", "done"},
        }
    ),
    quiet=frozenset({"open"}),
)
"""aside: in the lock-out folder, which nobody needs to read now. Something new in a conversation
that is done or snoozed opens it again; in one that is set aside, it stays there, unless a person is
in danger."""

PROPOSAL = Graph(
    name="proposal",
    initial="waiting",
    moves=moves(
        {
            "waiting": {"sent", "refused", "withdrawn"},
            "sent": set(),
            "refused": set(),
            "withdrawn": set(),
        }
    ),
)
"""An answer that somebody else has to agree to before it leaves."""

PILE_DEED = Graph(
    name="pile_deed",
    initial="proposed",
    moves=moves(
        {
            "proposed": {"going", "refused", "withdrawn", "stopped"},
            "going": {"done", "stopped"},
            "done": set(),
            "stopped": set(),
            "refused": set(),
            "withdrawn": set(),
        }
    ),
)
"""One deed on a whole pile: an answer waits for somebody else's yes where answers need one; all else
begins as "going". Then a worker is at it until all of it is done, or somebody stops it."""
