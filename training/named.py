"""Texts whose writer says first of what group they are: nothing else about them changes."""

from breakwater.domain.scoring.masks import TOKENS

SAID = {"en": ("As a {}, {}", "{}, {}"), "fr": ("En tant que {}, {}", "{}, {}")}
"""How it is said, by language: the group, and the text."""


def behind(frame: str, term: str, text: str) -> str:
    return frame.format(term, text[:1].lower() + text[1:])


def versions(text: str, language: str) -> list[str]:
    """One for each kind of group and way of saying it. What a kind is read as stands for its words."""
    return [behind(frame, token, text) for frame in SAID[language] for token in TOKENS]
