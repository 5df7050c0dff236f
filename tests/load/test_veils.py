"""What counts as shown: a text that a reader of the page can read, however its markup writes it."""

import pytest
from django.template import Context, Engine
from training import corpus

from breakwater.domain.scoring.scores import Head
from breakwater.domain.text import storable
from tests.load.veils import Counted, counted, legible, seen

PAGE = Engine().from_string('<p class="message-text">{{ text }}</p>\n<p>{{ other }}</p>')


@pytest.mark.parametrize(
    "text",
    [
        'You\'re <b>"scum"</b> & worse',
        "two\r\nlines  and\ta half\u00a0!",
        " e\u0301te\u0301 ",
        "&lt;3 &amp; &#x27;",
        "nul\x00 and half \ud83d",
    ],
)
def test_a_text_is_found_as_its_reader_sees_it(text: str) -> None:
    page = seen(PAGE.render(Context({"text": storable(text), "other": "x"})))

    assert legible(text) in page
    assert "message-text" not in page


def test_a_text_that_is_veiled_is_not_found() -> None:
    page = seen(PAGE.render(Context({"text": "An insult.", "other": "of 12 November"})))

    assert legible("An insult of 12 November") not in page


def test_what_is_opened_and_veiled_is_neither_shown_nor_missed_but_has_its_price() -> None:
    toxic, harmless = {Head.ABUSIVE: 1.0}, {Head.ABUSIVE: 0.0}
    labels: list[dict[Head, float]] = [
        toxic, {**toxic, Head.THREAT: 1.0}, {**toxic, Head.THREAT: 1.0},
        harmless, {**harmless, Head.QUESTION: 1.0}, {**harmless, Head.QUESTION: 1.0},
        {**harmless, Head.QUESTION: 1.0}, {Head.QUESTION: 1.0},
    ]  # fmt: skip
    rows = [corpus.Row("own", "en", f"text {n}", one) for n, one in enumerate(labels)]

    found = counted(rows, read={0, 1, 3, 4, 5}, legibly={0, 4})

    assert found == Counted(
        toxic=3, shown=1, questions=4, missed=2, behind=1, threats=2, lost=1, harmless=3, veiled=2
    )
