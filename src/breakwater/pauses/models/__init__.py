"""Pause, Leaving."""

from breakwater.pauses.models.pause import Leaving, Pause

__all__ = ["Leaving", "Pause"]
