"""Words that only name a group of people are read as one word for each kind of group.

So nobody's score depends on which group it is: Jews and Muslims, the deaf and the blind, are the
same text. One word for all kinds was tried: sexism could not be told any more.
"""

from collections.abc import Mapping

from breakwater.domain.scoring.identities import EVERYDAY, TERMS

_KINDS = {
    "age": "age",
    "belief": "religion",
    "body": "body",
    "class": "class",
    "colour": "origin",
    "disability": "body",
    "family": "gender",
    "gender": "gender",
    "health": "body",
    "migration": "origin",
    "nation": "origin",
    "orientation": "orientation",
    "origin": "origin",
    "religion": "religion",
    "work": "class",
}
KINDS = tuple(sorted(set(_KINDS.values())))
MASKS: Mapping[str, str] = {
    form: f"identity{_KINDS[group.partition('/')[0]]}"
    for form, group in TERMS.items()
    if form not in EVERYDAY
}
"""Form, in the spelling of `normal.plain`, to the word that it is read as. Words that are said of
things as well (white, old, straight) are left as they are."""
TOKENS = tuple(f"identity{kind}" for kind in KINDS)


def masked(word: str) -> str:
    """The word, or what stands for it. An apostrophe behind it is let go: "the muslims' feast"."""
    return MASKS.get(word.rstrip("'"), word)
