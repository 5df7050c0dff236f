"""Pause, Leaving; ReviewLine, Slot, ReviewManner; Feed, Heard, Day, Signal."""

from breakwater.pauses.models.pause import Leaving, Pause
from breakwater.pauses.models.review import ReviewLine, ReviewManner, Slot
from breakwater.pauses.models.watch import Day, Feed, Heard, Signal

__all__ = [
    "Day",
    "Feed",
    "Heard",
    "Leaving",
    "Pause",
    "ReviewLine",
    "ReviewManner",
    "Signal",
    "Slot",
]
