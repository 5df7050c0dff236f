"""What a deed fits, what is over by it, and which ones need a written reason."""

import pytest

from breakwater.domain.deeds import Ranked, closes, fits, needs_reason
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category

ABUSE: Ranked = (Category.ABUSE, Level.ABUSE)
RUDE_QUESTION: Ranked = (Category.QUESTION, Level.ABUSE)
COMPLAINT: Ranked = (Category.COMPLAINT, Level.EVERYTHING)
OTHER: Ranked = (Category.OTHER, Level.EVERYTHING)
THREAT: Ranked = (Category.THREAT, Level.HELD)


@pytest.mark.parametrize(
    ("deed", "what", "author", "so"),
    [
        ("hide", "comment", True, True), ("hide", "message", True, False),
        ("unhide", "review", True, False), ("remove", "quote", True, True),
        ("like", "mention", False, True), ("unlike", "message", True, False),
        ("report", "review", True, True), ("block", "review", True, True),
        ("mute", "comment", False, False), ("unfollow", "message", False, False),
    ],
)  # fmt: skip
def test_a_deed_fits_what_it_can_be_done_to(deed: str, what: str, author: bool, so: bool) -> None:
    assert fits(deed, what, author=author) is so


@pytest.mark.parametrize(
    ("deed", "ranked", "so"),
    [
        ("hide", ABUSE, True), ("block", ABUSE, True), ("mute", ABUSE, True),
        ("like", ABUSE, False), ("report", ABUSE, False), ("unfollow", ABUSE, False),
        ("hide", RUDE_QUESTION, False), ("remove", RUDE_QUESTION, True),
        ("hide", OTHER, False), ("remove", OTHER, True), ("hide", (Category.SPAM, None), True),
        ("remove", THREAT, False), ("remove", (Category.DANGER, Level.HELD), False),
    ],
)  # fmt: skip
def test_what_asks_for_something_or_is_grave_waits_on(deed: str, ranked: Ranked, so: bool) -> None:
    assert closes(deed, ranked) is so


@pytest.mark.parametrize(
    ("deed", "messages", "so"),
    [
        ("hide", [ABUSE] * 40, False),
        ("hide", [ABUSE, COMPLAINT], False),
        ("hide", [RUDE_QUESTION, COMPLAINT], True),
        ("remove", [OTHER, OTHER], True),
        ("block", [COMPLAINT, (Category.OTHER, None)], True),
        ("mute", [COMPLAINT, COMPLAINT], False),
        ("like", [COMPLAINT, COMPLAINT], False),
    ],
)
def test_criticism_in_numbers_needs_a_reason(deed: str, messages: list[Ranked], so: bool) -> None:
    assert needs_reason(deed, messages) is so
