"""What counts as shown: a text that a reader of the page can read, however its markup writes it."""

import pytest
from django.template import Context, Engine

from breakwater.domain.text import storable
from tests.load.veils import legible, seen

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
