"""Which panels and marks the page of a conversation has, in order."""

from breakwater.web import inbox_answering, inbox_deed_marks, inbox_said
from breakwater.web.inbox_panels import Marker, Provider

PANELS: tuple[Provider, ...] = (inbox_answering.panel,)
MARKS: tuple[Marker, ...] = (inbox_said.marks, inbox_answering.marks, inbox_deed_marks.marks)
