"""The installed second opinions, for the rest of this app and, through it, for pages."""

from breakwater.scorers import registry
from breakwater.scorers.base import Plugin


def plugins() -> dict[str, Plugin]:
    """id -> plug-in of each that loaded."""
    return dict(registry.load()[0])


def broken() -> tuple[registry.Broken, ...]:
    """The plug-ins that did not load, and why."""
    return registry.load()[1]
