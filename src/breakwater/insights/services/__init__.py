"""What changes the figures: they are counted from what the inbox took in."""

from breakwater.insights.services.counting import count_hours

__all__ = ["count_hours"]
