"""A state graph is whole when it is made, and allows nothing that it does not name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.errors import IllegalMove
from breakwater.domain.graph import Graph, moves

DOOR = Graph(
    "door",
    "shut",
    moves({"shut": {"open", "gone"}, "open": {"shut"}, "gone": ()}),
    quiet=frozenset({"open"}),
)


def test_it_knows_its_states_and_ends() -> None:
    assert DOOR.states == {"shut", "open", "gone"}
    assert DOOR.terminal == {"gone"}
    assert DOOR.sources("shut") == {"open"}
    assert DOOR.sources("gone") == {"shut"}


def test_it_allows_what_it_names() -> None:
    DOOR.check("shut", "open")
    assert DOOR.allows("open", "shut")


@pytest.mark.parametrize(("current", "to"), [("open", "gone"), ("gone", "shut"), ("lost", "open")])
def test_it_refuses_what_it_does_not_name(current: str, to: str) -> None:
    with pytest.raises(IllegalMove) as refused:
        DOOR.check(current, to)

    assert refused.value.data == {"graph": "door", "current": current, "to": to}


def test_a_state_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="states without a row: \\['open'\\]"):
        Graph("door", "shut", moves({"shut": {"open"}}))


def test_a_quiet_state_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="states without a row: \\['loud'\\]"):
        Graph("door", "shut", moves({"shut": ()}), quiet=frozenset({"loud"}))


def test_a_state_that_nobody_can_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="states nobody can reach: \\['open'\\]"):
        Graph("door", "shut", moves({"shut": (), "open": {"shut"}}))


def test_a_table_cannot_be_changed_through_the_graph() -> None:
    table = {"shut": {"open"}, "open": {"shut"}}
    graph = Graph("door", "shut", moves(table))

    table["shut"].clear()

    assert graph.allows("shut", "open")


@given(st.dictionaries(st.sampled_from("abcd"), st.sets(st.sampled_from("abcd")), max_size=4))
def test_a_graph_is_whole_or_is_not_made(table: dict[str, set[str]]) -> None:
    try:
        graph = Graph("any", "a", moves(table))
    except ValueError:
        return

    assert {to for state in graph.states for to in graph.moves[state]} <= graph.states
    assert all(graph.sources(state) for state in graph.states - {"a"})
