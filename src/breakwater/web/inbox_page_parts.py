"""Which panels and marks the page of a conversation has, in order."""

from breakwater.web.inbox_aside import aside_panel
from breakwater.web.inbox_danger import danger_panel
from breakwater.web.inbox_evidence import keep_marks
from breakwater.web.inbox_panels import Marker, Provider

PANELS: tuple[Provider, ...] = (danger_panel, aside_panel)
MARKS: tuple[Marker, ...] = (keep_marks,)
