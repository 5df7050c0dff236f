"""What a person typed and what a network shows, which may write some words anew."""

import pytest

from breakwater.domain.text import says

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
