"""The states of a second opinion. All are quiet: they are operation, not anybody's deed."""

from breakwater.domain.graph import Graph, moves

OPINION = Graph(
    name="secondopinion",
    initial="waiting",
    moves=moves(
        {
            "waiting": {"given", "none"},
            "given": set(),
            "none": set(),
        }
    ),
    quiet=frozenset({"given", "none"}),
)
