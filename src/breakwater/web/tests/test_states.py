"""Every state of a graph has a look of its own."""

import pytest

from breakwater.channels.lifecycle import CHANNEL
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.domain.graph import Graph
from breakwater.publishing.lifecycle import POST
from breakwater.web.states import LOOKS, look


@pytest.mark.parametrize("graph", [POST, DELIVERY, CHANNEL], ids=lambda graph: graph.name)
def test_every_state_has_a_look(graph: Graph) -> None:
    assert set(graph.moves) - set(LOOKS[graph.name]) == set()


def test_a_state_that_nobody_foresaw_is_shown_as_a_question() -> None:
    assert look("delivery", "brand_new").tone == "ask"


def test_a_question_speaks_to_nobody_in_particular() -> None:
    """Many see a question who cannot answer it."""
    words = [str(one.word) for looks in LOOKS.values() for one in looks.values()]

    assert [word for word in words if "you" in word] == []
    assert str(look("post", "needs_you").word) == "needs an answer"
