"""Laws of the two views, for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from breakwater.domain.scoring.normal import MOST, bare, plain, traced
from breakwater.domain.scoring.tests.weird import WORDS, texts


@given(texts)
def test_a_plain_text_is_its_own_plain_view(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(texts)
def test_tracing_says_what_the_fast_way_says(text: str) -> None:
    both = traced(text)

    assert both.plain == plain(text)
    assert both.bare == bare(plain(text))


@given(texts)
def test_each_character_comes_from_a_place_in_the_text(text: str) -> None:
    both = traced(text)

    assert len(both.plain_at) == len(both.plain)
    assert len(both.bare_at) == len(both.bare)
    assert all(0 <= at < len(text) for at in (*both.plain_at, *both.bare_at))


@given(texts)
def test_nothing_to_undo_is_the_same_object(text: str) -> None:
    view = plain(text)
    stripped = bare(view)

    assert stripped is view or stripped != view


@given(texts)
def test_a_view_holds_no_mark_no_capital_and_no_doubled_space(text: str) -> None:
    view = plain(text)

    assert view == " ".join(view.split())
    assert not set(view) & set("\u200b\u200d\u202e\ufe0f\u0301\x00\ud800\udfff\ufffd")
    assert view == view.lower()
    view.encode("utf-8")


@settings(max_examples=10)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_a_long_text_keeps_the_laws(part: str) -> None:
    text = " ".join([part] * (1 + 2 * MOST // (len(part) + 1)))

    view = plain(text)

    assert len(view) <= MOST
    assert plain(view) == view
    assert traced(text).plain == view
