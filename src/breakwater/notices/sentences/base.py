"""What a sentence of a notice is made of."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Sentence:
    """names: the keys that a notice's data must have. The title is the mail's subject too."""

    names: frozenset[str]
    title: Text
    body: Text


def sentence(names: str, title: Text, body: Text) -> Sentence:
    """names: apart by blanks."""
    return Sentence(frozenset(names.split()), title, body)
