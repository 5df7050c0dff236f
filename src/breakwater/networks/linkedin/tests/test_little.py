"""The network's own text format: nothing that a person types may cut the post short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.networks.linkedin.little import commentary, plain


def test_reserved_characters_stand_behind_a_backslash() -> None:
    sent = commentary(r"Fish (fresh) *today* [hall] {3} <b> a_b ~5 \o/ me@sea | x")

    assert sent == (r"Fish \(fresh\) \*today\* \[hall\] \{3\} \<b\> a\_b \~5 \\o/ me\@sea \| x")


def test_hashtags_stay_hashtags_and_other_signs_do_not() -> None:
    assert commentary("#moules at #7 and C#") == r"#moules at \#7 and C\#"
    assert commentary("https://x.example/a#part") == r"https://x.example/a\#part"


def test_a_mention_keeps_its_form() -> None:
    typed = "With @[Harbour (Café)](urn:li:organization:2414183), thanks"

    sent = commentary(typed)

    assert sent == r"With @[Harbour \(Café\)](urn:li:organization:2414183), thanks"
    assert plain(sent) == typed


def test_what_only_looks_like_a_mention_is_text() -> None:
    typed = "@[x](javascript:alert(1)) @ann"

    assert commentary(typed) == r"\@\[x\]\(javascript:alert\(1\)\) \@ann"
    assert plain(commentary(typed)) == typed


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        (r"{hashtag|\#|moules} today", "#moules today"),
        (r"{hashtag|#|été} \(1\)", "#été (1)"),
        (r"{hashtag|\#|my\_tag}", "#my_tag"),
        (r"@[Ann](urn:li:person:AnnB\_7x)", "@[Ann](urn:li:person:AnnB_7x)"),
    ],
)
def test_what_the_network_shows_is_read_as_it_was_typed(shown: str, typed: str) -> None:
    assert plain(shown) == typed


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
def test_any_text_comes_back(text: str) -> None:
    assert plain(commentary(text)) == text
