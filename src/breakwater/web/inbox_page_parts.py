"""Which panels and marks the page of a conversation has, in order."""

from breakwater.web import inbox_correcting
from breakwater.web.inbox_panels import Marker, Provider

PANELS: tuple[Provider, ...] = ()
MARKS: tuple[Marker, ...] = (inbox_correcting.marks,)
