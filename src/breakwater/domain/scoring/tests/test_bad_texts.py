"""Texts made to break or to hold up what reads them: a stated result, in bounded time."""

import time

import pytest

from breakwater.domain.scoring.normal import HEAD, MOST, TAIL, Traced, bare, plain, traced

LIMIT = 2.0
"""Seconds, on a machine that does other things; each takes some milliseconds."""


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("", ""),
        (" \n\u3000\u200b\u200e", ""),
        ("\u0301" * 10_000, ""),
        ("a" + "\u0301" * 10_000, "a"),
        ("\ud83d", ""),
        ("a\udc00b\ufffdc", "abc"),
        ("😂" * 100_000, "😂 😂"),
        ("\u202e\u202d\u2066" * 3_000, ""),
        ("x" * 1_000_000, "xxx xxx"),
        ("\x00\x07\x1b", ""),
        ("ﷺ", "ﷺ"),
    ],
)
def test_what_is_left_is_stated(text: str, view: str) -> None:
    assert plain(text) == view
    assert traced(text).plain == view


def test_of_a_long_text_both_ends_are_looked_at() -> None:
    text = "a b " * 5_000 + "fin"

    view = plain(text)

    assert view == f"{text[:HEAD].strip()} {text[-TAIL:].strip()}"
    assert traced(text).plain_at[-3:] == (20_000, 20_001, 20_002)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "a." * 500_000,
        "a a " * 250_000,
        "aaabbb" * 200_000,
        "@" * 1_000_000,
        "@a." * 300_000,
        "a@" * 500_000,
        "www." * 250_000,
        "a-" * 500_000,
        "a'" * 500_000,
        "1a" * 500_000,
        "a1!|" * 250_000,
        "z\u0338\u0322\u0e47" * 250_000,
        "іdіоt" * 200_000,
        "аб" * 500_000,
        "\u202ea\u202c" * 300_000,
        "🇫🇷" * 500_000,
        "ﬀ½ﷺ" * 300_000,
        "".join(map(chr, range(0x80, 0xD800))),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()

    both: Traced = traced(text)
    view = plain(text)

    assert time.perf_counter() - start < LIMIT
    assert len(view) <= MOST
    assert (both.plain, both.bare) == (view, bare(view))
    assert plain(view) == view
