"""Every code that the source names has its sentence, in words for a person."""

import pytest
from django.utils import translation

from breakwater.core.messages import say, sentence
from breakwater.core.sentences import GROUPS, SENTENCES
from breakwater.domain.errors import Forbidden, Invalid, Refused, StaleState


def test_no_code_has_two_sentences() -> None:
    assert sum(len(group) for group in GROUPS) == len(SENTENCES)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_sentence_can_be_said_without_its_data(code: str, language: str) -> None:
    with translation.override(language):
        said = sentence(code)

    assert said
    assert "%(" not in said


def test_a_sentence_names_its_data() -> None:
    error = Invalid(code="wrong_account", wanted="@ann", given="@eve")

    assert "@ann" in say(error)
    assert "@eve" in say(error)


def test_a_refusal_is_said_by_its_reason_and_never_by_the_networks_own_word() -> None:
    said = say(Refused("too_large", "413 <html>secret-token</html>"))

    assert said == "The network says that this is too large."


def test_figures_are_said_where_they_are_known() -> None:
    counted = sentence("text_too_long", {"count": 310, "limit": 300, "over": 10})

    assert counted == "The text is 10 too long (310 of 300)."
    assert sentence("text_too_long") == "The text is longer than this network takes."


def test_an_unknown_code_is_said_honestly() -> None:
    assert "code: never_heard_of" in say(Forbidden(code="never_heard_of"))


def test_the_log_form_is_not_shown() -> None:
    assert "id=" not in say(StaleState(subject="post", id="0197"))


def test_a_weak_password_brings_its_own_advice() -> None:
    assert say(Invalid(code="weak_password", sentences=["One.", "Two."])) == "One. Two."
