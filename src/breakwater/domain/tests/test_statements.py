"""What a statement must say, what it may not claim, and who signs it."""

import pytest

from breakwater.domain.statements import (
    APOLOGY,
    EXPLANATION,
    HOLDING,
    Words,
    check,
    check_text,
    hack_words,
    promises,
    signer,
    text_of,
)

WHOLE = {
    "what": "A post mocked a child.",
    "who": "We wrote it.",
    "when_where": "On Sunday evening, on our page.",
    "how": "Nobody read it before it went out.",
    "changes": "- Two people read everything.\n- We train on Monday.",
}


def codes(words: Words) -> list[tuple[str, str]]:
    return [(one.code, one.part) for one in check(words)]


def test_an_apology_with_all_five_parts_may_go() -> None:
    assert check(Words(APOLOGY, WHOLE, "en")) == ()


@pytest.mark.parametrize("part", list(WHOLE))
def test_an_apology_without_one_of_its_parts_stops(part: str) -> None:
    assert codes(Words(APOLOGY, {**WHOLE, part: " "}, "en")) == [("statement_part", part)]


def test_a_holding_line_says_what_and_when_the_next_word_comes() -> None:
    assert codes(Words(HOLDING, {"what": "We are looking into it."}, "en")) == [
        ("statement_part", "next")
    ]
    assert check(Words(HOLDING, {"what": "We look.", "next": "At noon."}, "en")) == ()


def test_an_explanation_needs_no_promise() -> None:
    assert check(Words(EXPLANATION, {**WHOLE, "changes": "", "who": ""}, "en")) == ()


@pytest.mark.parametrize(
    "said",
    [
        "We were hacked.", "Our account was compromised.", "Somebody broke into our account.",
        "Notre compte a été piraté.", "Une intrusion a eu lieu.", "Notre compte a été détourné.",
        "HACKERS did it", "Le mot de passe a été volé.",
    ],
)  # fmt: skip
def test_a_hack_is_not_claimed_without_proof(said: str) -> None:
    words = {**WHOLE, "how": said}

    assert codes(Words(APOLOGY, words, "en")) == [("statement_unproved", "")]
    assert check(Words(APOLOGY, words, "en", proof=1)) == ()


@pytest.mark.parametrize(
    "said",
    ["We thank the hospital.", "Le volcan dort.", "We shackle nobody.", "Nous vous répondons."],
)
def test_harmless_words_claim_nothing(said: str) -> None:
    assert hack_words(said) == ()


def test_meaning_a_hack_without_the_word_needs_proof_too() -> None:
    assert codes(Words(APOLOGY, WHOLE, "en", claims_hack=True)) == [("statement_unproved", "")]


def test_if_anyone_was_offended_is_noted_and_does_not_stop() -> None:
    found = check(Words(APOLOGY, {**WHOLE, "who": "Sorry if anyone was offended."}, "en"))

    assert [(one.code, one.stop) for one in found] == [("statement_if_offended", False)]


def test_who_made_the_mistake_signs_only_if_willing_and_without_a_name() -> None:
    assert signer(author_willing=True, ours=True).who == "author"
    assert [one.code for one in signer(author_willing=True, ours=True).lines] == [
        "author_willing", "author_unnamed",
    ]  # fmt: skip
    for answer in (False, None):
        assert signer(author_willing=answer, ours=True).who == "higher"
    assert signer(author_willing=True, ours=False).who == "higher"


def test_the_text_is_its_parts_in_order() -> None:
    assert text_of(Words(HOLDING, {"next": "At noon.", "what": "We look."}, "en")) == (
        "We look.\n\nAt noon."
    )


def test_each_line_of_what_changes_is_a_promise() -> None:
    assert promises(Words(APOLOGY, WHOLE, "en")) == (
        "Two people read everything.", "We train on Monday.",
    )  # fmt: skip


def test_once_edited_its_paragraphs_are_counted_and_what_it_claims_is_asked_about() -> None:
    def found(kind: str, *texts: str, proved: bool = False) -> list[tuple[str, bool]]:
        return [(one.code, one.stop) for one in check_text(kind, texts, proved=proved)]

    whole = "\n \n".join("abcde")

    assert found(APOLOGY, whole) == found(APOLOGY, *"abcde") == found(HOLDING, "a", "b") == []
    assert found(APOLOGY, "a\nb\nc\nd\ne") == [("statement_short", True)]
    assert found(HOLDING, "We were hacked.\n\nMore at noon.") == [("statement_claims", True)]
    assert found(HOLDING, "We were hacked.\n\nMore at noon.", proved=True) == []
    assert found("", "Sorry.") == []
    assert found(APOLOGY, f"{whole} if anyone was offended") == [("statement_if_offended", False)]
