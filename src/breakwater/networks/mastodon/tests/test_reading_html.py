"""What a Mastodon page says, as plain text."""

import pytest

from breakwater.networks.mastodon.inbound import plain

LINK = (
    '<p>See <a href="https://www.example.org/a/very/long/path/indeed" rel="nofollow noopener">'
    '<span class="invisible">https://www.</span>'
    '<span class="ellipsis">example.org/a/very/long/path/i</span>'
    '<span class="invisible">ndeed</span></a>!</p>'
)


def test_a_shortened_link_is_read_in_full() -> None:
    assert plain(LINK) == "See https://www.example.org/a/very/long/path/indeed!"


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert plain("<p>one<br />two</p><p>three</p>") == "one\ntwo\n\nthree"


def test_entities_are_characters_again() -> None:
    assert plain("<p>I&#39;m &lt;b&gt; &amp; caf&eacute;</p>") == "I'm <b> & café"


def test_a_remote_mention_gets_its_host_back() -> None:
    page = (
        '<p><span class="h-card"><a href="https://far.example/@bob" class="u-url mention">'
        "@<span>bob</span></a></span> hello</p>"
    )

    assert plain(page, {"https://far.example/@bob": "bob@far.example"}) == "@bob@far.example hello"
    assert plain(page) == "@bob hello"


def test_a_hashtag_is_its_word() -> None:
    page = '<p><a href="https://x.example/tags/hoot" class="mention hashtag">#<span>hoot</span></a></p>'

    assert plain(page) == "#hoot"


def test_the_line_that_the_server_adds_to_a_quote_is_left_out() -> None:
    page = '<p class="quote-inline">RE: <a href="https://x.example/1">x</a></p><p>well said</p>'

    assert plain(page) == "well said"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", ""),
        ("no markup", "no markup"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<blockquote>said</blockquote>x", "said\n\nx"),
        ("<p></p><p>one</p><p></p>", "one"),
        ("a<br>b<br/><br/>c", "a\nb\n\nc"),
    ],
)
def test_odd_pages_are_read_too(page: str, text: str) -> None:
    assert plain(page) == text
