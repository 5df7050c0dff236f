"""Which passwords are good enough (docs/security.md, row 9): for Django's validators and services.

Length and Django's list of common ones are Django's own validators; here is what it lacks:
a look at the stem in English and French, the words around the person, and zxcvbn.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn
from zxcvbn.matching import add_frequency_lists

from breakwater.domain.errors import Invalid
from breakwater.people.models import Person, Workspace
from breakwater.people.stems import WORD, decoration, french, letters, weight

SCORE_MIN = 3  # of 4; https://github.com/dropbox/zxcvbn#usage
WEIGHT_MIN = 3 * WORD  # three words; see stems.weight
DECORATION_MIN = 1e8  # guesses: less than that around one or two words does not help
_ZXCVBN_CHARACTERS = 72  # what zxcvbn looks at

_one_at_a_time = Lock()
"""zxcvbn keeps the context words in a module-wide table."""

add_frequency_lists({"french": list(french())})


class NotGuessable:
    """A Django password validator: refuses one or two known words with decoration, and what
    zxcvbn guesses too soon. words: what surrounds the person besides their own record."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = tuple(words)

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises: ValidationError with one sentence."""
        context = _context((*self.words, *_around(user)))
        bare = _guesses(decoration(password)) < DECORATION_MIN
        if bare and letters(password) in context:
            raise ValidationError(
                _("This password is made of your name, your e-mail address or your workspace."),
                code="password_of_context",
            )
        weighs = weight(password, context) if bare else None
        if weighs is not None and weighs < WEIGHT_MIN:
            raise ValidationError(
                _("This password is one or two common words with something added to them."),
                code="password_of_words",
            )
        if _score(password, context) < SCORE_MIN:
            raise ValidationError(
                _(
                    "This password is too easy to guess. Five words that have nothing in common make a good one."
                ),
                code="password_too_easy",
            )

    def get_help_text(self) -> str:
        return _(
            "Take at least five words that have nothing in common, or let a password manager make"
            " one. Spaces are welcome."
        )


def check(password: str, person: Person | None, words: Sequence[str] = ()) -> None:
    """The password is good enough for this person. words: names of workspaces to come, and such.

    Raises: Invalid("weak_password", field "password"), `sentences` in the language in use.
    """
    try:
        password_validation.validate_password(password, person)
        NotGuessable(words).validate(password, person)
    except ValidationError as error:
        raise Invalid(
            code="weak_password", field="password", sentences=list(error.messages)
        ) from error


def _around(person: Person | None) -> list[str]:
    """Words that anybody who knows the person would try first."""
    if person is None:
        return []
    names: list[str] = []
    if not person._state.adding:
        names = list(
            Workspace.objects.filter(memberships__person=person).values_list("name", flat=True)
        )
    return [person.email, *re.split(r"[@.+_-]", person.email), person.name, *names]


def _context(texts: Iterable[str]) -> frozenset[str]:
    """Each text as one word, and its words of at least three letters, as plain letters."""
    pieces = [piece for text in texts for piece in (text, *text.split())]
    return frozenset(word for word in map(letters, [*pieces, "breakwater"]) if len(word) >= 3)


def _score(password: str, context: frozenset[str]) -> int:
    return int(_judged(password, context)["score"])


def _guesses(text: str) -> float:
    return float(_judged(text, frozenset())["guesses"]) if text else 1.0


def _judged(text: str, context: frozenset[str]) -> Mapping[str, Any]:
    with _one_at_a_time:
        found: Mapping[str, Any] = zxcvbn(text[:_ZXCVBN_CHARACTERS], user_inputs=sorted(context))
    return found
