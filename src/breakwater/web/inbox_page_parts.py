"""Which panels and marks the page of a conversation has, in order."""

from breakwater.web import inbox_answering, inbox_correcting, inbox_deed_marks, inbox_said
from breakwater.web.inbox_aside import aside_panel
from breakwater.web.inbox_contact import card
from breakwater.web.inbox_danger import danger_panel
from breakwater.web.inbox_evidence import keep_marks
from breakwater.web.inbox_notes import notes
from breakwater.web.inbox_panels import Marker, Provider
from breakwater.web.inbox_seats import sitting
from breakwater.web.inbox_work_panels import work

PANELS: tuple[Provider, ...] = (
    danger_panel,
    sitting,
    inbox_answering.panel,
    work,
    aside_panel,
    notes,
    card,
)
MARKS: tuple[Marker, ...] = (
    inbox_said.marks,
    inbox_answering.marks,
    inbox_correcting.marks,
    keep_marks,
    inbox_deed_marks.marks,
)
