"""The states of what was seen on an account, and of an alarm."""

from breakwater.domain.graph import Graph, moves

SIGHTING = Graph(
    name="sighting",
    initial="seen",
    moves=moves(
        {
            "seen": {"explained", "allowed", "twin", "waits", "told", "stray"},
            "waits": {"explained", "allowed", "twin", "told", "stray"},
            "twin": {"explained", "fine", "stray"},
            "told": {"explained", "fine", "stray"},
            "stray": {"fine", "wrong", "contained", "gone"},
            "explained": set(),
            "allowed": set(),
            "fine": set(),
            "wrong": {"contained", "gone"},
            "contained": {"gone"},
            "gone": set(),
        }
    ),
    quiet=frozenset({"seen", "waits", "explained", "allowed"}),
)
"""waits: a delivery of ours that says the same is on its way; looked at again when it has settled.
twin: somebody here wrote the same; those who plan are asked. told: people were told, nobody is
woken. stray: nobody here sent it; it belongs to an alarm. wrong: ours, and should not be there.
contained: not ours, being taken down. gone: its author or the network took it away first."""

ALARM = Graph(
    name="alarm",
    initial="open",
    moves=moves(
        {"open": {"followed", "answered"}, "followed": {"answered", "open"}, "answered": set()}
    ),
)
"""followed: somebody answered "ours, but wrong" or "not us" and is at it. After "not us" more strays
join it and wake nobody again; after "ours, but wrong" the next one opens it once more. answered: over; the next stray opens another one."""
ONGOING = frozenset({"open", "followed"})
