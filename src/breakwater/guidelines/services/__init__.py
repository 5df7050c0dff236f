"""What changes a workspace's guidelines. `publishing.services` tries them on posts."""

from breakwater.guidelines.services.changing import (
    Wish,
    add,
    change,
    mark_tried,
    remove,
    turn_off,
    turn_on,
)

__all__ = ["Wish", "add", "change", "mark_tried", "remove", "turn_off", "turn_on"]
