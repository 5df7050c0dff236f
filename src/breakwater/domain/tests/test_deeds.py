"""What a deed fits, what is over by it, and which ones need a written reason."""

import pytest

from breakwater.domain.deeds import Facts, closes, fits, needs_reason
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category

ABUSE: Facts = (Category.ABUSE, Level.ABUSE)
RUDE_QUESTION: Facts = (Category.QUESTION, Level.ABUSE)
COMPLAINT: Facts = (Category.COMPLAINT, Level.EVERYTHING)
OTHER: Facts = (Category.OTHER, Level.EVERYTHING)
THREAT: Facts = (Category.THREAT, Level.HELD)


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
    ("deed", "facts", "so"),
    [
        ("hide", ABUSE, True), ("block", ABUSE, True), ("mute", ABUSE, True),
        ("like", ABUSE, False), ("report", ABUSE, False), ("unfollow", ABUSE, False),
        ("hide", RUDE_QUESTION, False), ("remove", RUDE_QUESTION, True),
        ("hide", OTHER, False), ("remove", OTHER, True), ("hide", (Category.SPAM, None), True),
        ("remove", THREAT, False), ("remove", (Category.DANGER, Level.HELD), False),
    ],
)  # fmt: skip
def test_what_asks_for_something_or_is_grave_waits_on(deed: str, facts: Facts, so: bool) -> None:
    assert closes(deed, facts) is so


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
def test_criticism_in_numbers_needs_a_reason(deed: str, messages: list[Facts], so: bool) -> None:
    assert needs_reason(deed, messages) is so
