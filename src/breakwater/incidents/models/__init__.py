"""The rows of an incident: the case, its containment, what was decided, said, and learned."""

from breakwater.incidents.models.after import Action, Measure, Review
from breakwater.incidents.models.case import Entry, Incident, Playbook, Subject, Task
from breakwater.incidents.models.containing import Containment
from breakwater.incidents.models.deciding import Advice, Verdict
from breakwater.incidents.models.saying import Statement

__all__ = [
    "Action", "Advice", "Containment", "Entry", "Incident", "Measure", "Playbook", "Review",
    "Statement", "Subject", "Task", "Verdict",
]  # fmt: skip
