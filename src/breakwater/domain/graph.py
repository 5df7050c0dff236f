"""State graphs: which states a thing has, and which moves between them exist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from breakwater.domain.errors import IllegalMove


@dataclass(frozen=True)
class Graph:
    """A named state graph, validated when it is made (at import).

    moves: state -> states reachable in one step; every state has a row, a
    terminal state has an empty one. quiet: states whose entry is operational
    and is kept in the row alone, not in the audit chain.
    Raises: ValueError for an unknown or unreachable state.
    """

    name: str
    initial: str
    moves: Mapping[str, frozenset[str]]
    quiet: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        states = set(self.moves)
        named = {to for targets in self.moves.values() for to in targets} | {self.initial}
        if unknown := (named | self.quiet) - states:
            raise ValueError(f"{self.name}: states without a row: {sorted(unknown)}")
        if lost := states - self._reachable():
            raise ValueError(f"{self.name}: states nobody can reach: {sorted(lost)}")

    @property
    def states(self) -> frozenset[str]:
        return frozenset(self.moves)

    @property
    def terminal(self) -> frozenset[str]:
        return frozenset(state for state, targets in self.moves.items() if not targets)

    def allows(self, current: str, to: str) -> bool:
        return to in self.moves.get(current, frozenset())

    def check(self, current: str, to: str) -> None:
        """Nothing, or IllegalMove when the graph has no such move."""
        if not self.allows(current, to):
            raise IllegalMove(graph=self.name, current=current, to=to)

    def sources(self, to: str) -> frozenset[str]:
        """The states from which `to` is one step away."""
        return frozenset(state for state, targets in self.moves.items() if to in targets)

    def _reachable(self) -> set[str]:
        seen: set[str] = set()
        frontier = {self.initial}
        while frontier:
            seen |= frontier
            frontier = {to for state in frontier for to in self.moves[state]} - seen
        return seen


def moves(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """`table` with each row frozen, so that a graph cannot be changed later."""
    return {state: frozenset(targets) for state, targets in table.items()}
