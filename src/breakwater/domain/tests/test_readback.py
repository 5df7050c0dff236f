"""Our own post in what a network shows, which may have written some of its words anew."""

from datetime import UTC, datetime

import pytest

from breakwater.domain.readback import Candidate, ours
from breakwater.domain.text import says

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BOB = {"@bob": "@bob", "@bob@quay.example": "@bob", "@bob@far.example": "@bob@far.example"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@bob@quay.example opens.", "@bob opens."),
        ("@bob opens.", "@bob opens."),
        ("@Bob@Quay.Example and @BOB open.", "@bob and @bob open."),
        ("Ask @bob@quay.example.", "Ask @bob."),
        ("Ask @Bob@far.example.", "Ask @bob@far.example."),
        ("@bob@quay.example, @bob@far.example", "@bob, @bob@far.example"),
    ],
)
def test_a_person_whom_the_network_writes_anew_is_the_same_person(typed: str, shown: str) -> None:
    assert says(shown, typed, BOB)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@bob@quay.example opens.", "@ann opens."),
        ("@bob@far.example opens.", "@bob opens."),
        ("@bob@quay.example.org opens.", "@bob.org opens."),
        ("@bobby@quay.example opens.", "@bob opens."),
        ("https://quay.example/@bob@quay.example", "https://quay.example/@bob"),
        ("mail=@bob@quay.example", "mail=@bob"),
        ("@bob@quay.example opens.", "@bob closes."),
        ("Bob opens.", "bob opens."),
    ],
)
def test_nobody_else_is_and_no_other_word(typed: str, shown: str) -> None:
    assert not says(shown, typed, BOB)


def test_without_other_spellings_every_letter_counts() -> None:
    assert says("Fog  on\nthe pier.", "Fog on the pier.")
    assert not says("@bob", "@bob@quay.example")


def test_a_look_finds_the_post_whose_mention_lost_its_host() -> None:
    post = Candidate("1", "@bob opens.", NOW, 0, BOB)
    other = Candidate("2", "@ann opens.", NOW, 0, BOB)

    found = ours(
        [post, other], text="@bob@quay.example opens.", pictures=0, since=NOW,
        explained=lambda _: False,
    )  # fmt: skip

    assert found == [post]
