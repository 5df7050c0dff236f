"""What each level of the shield does, by harmless stand-ins: no insult is ever an example."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.domain.shield import Level, Shield
from breakwater.web.inbox_words import LEVELS

CHOICES = [(str(int(level)), word) for level, word in LEVELS.items()]
EXAMPLES: Mapping[Level, str | Promise] = {
    Level.HELD: _("Crude insults and nothing else; somebody is wished ill"),
    Level.ABUSE: _("“Where is my parcel?”, with an insult in it"),
    Level.CAREFUL: _("“This darned parcel is late”; a remark that may be meant to hurt"),
    Level.EVERYTHING: _("“When do you open on Sunday?”"),
}


@dataclass(frozen=True)
class Example:
    """A message like many, and the mildest level at which it is veiled."""

    said: str | Promise
    level: str | Promise


def examples() -> list[Example]:
    """As the shield itself says, so that the page cannot promise anything else."""
    return [Example(said, LEVELS[_mildest(rank)]) for rank, said in EXAMPLES.items()]


def _mildest(rank: Level) -> Level:
    return next(level for level in Level if Shield(level).veils(int(rank)))
