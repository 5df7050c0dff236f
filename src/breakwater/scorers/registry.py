"""The second opinions that are installed: entry points of the group `breakwater.scorers`."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from breakwater.scorers.base import MOST_AT_ONCE, Plugin

GROUP = "breakwater.scorers"
LONGEST_VERSION = 32
"""Characters, as answers are kept under it."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""It stands in the address of a page."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Broken:
    """A plug-in that did not load, and why: reported by the checks, then skipped."""

    name: str
    why: str


@cache
def load() -> tuple[dict[str, Plugin], tuple[Broken, ...]]:
    """Every installed plug-in by its id, and those that could not be built. An entry point names a
    function that gives one."""
    plugins: dict[str, Plugin] = {}
    broken: list[Broken] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            made = _sound(point.load()())
            if made.id in plugins:
                raise ValueError(f"there is another one with the id {made.id}")
            plugins[made.id] = made
        except Exception as error:  # a third party's code: reported, never fatal
            log.exception("scorer.broken name=%s", point.name)
            broken.append(Broken(point.name, f"{type(error).__name__}: {error}"))
    return plugins, tuple(broken)


def _sound(made: object) -> Plugin:
    if not isinstance(made, Plugin):
        raise TypeError(f"{type(made).__name__} is no Plugin")
    if not _ID.fullmatch(made.id):
        raise ValueError("an id has 1 to 64 letters, digits, hyphens and underscores")
    if not 1 <= len(made.version) <= LONGEST_VERSION:
        raise ValueError(f"a version has 1 to {LONGEST_VERSION} characters")
    if not 1 <= made.most <= MOST_AT_ONCE:
        raise ValueError(f"a call has 1 to {MOST_AT_ONCE} texts")
    return made
