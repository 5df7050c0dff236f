"""What begins a drill, plays it and ends it; one file per story."""

from breakwater.drills.services.beginning import Wish, begin
from breakwater.drills.services.ending import end
from breakwater.drills.services.playing import play

__all__ = ["Wish", "begin", "end", "play"]
