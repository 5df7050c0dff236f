"""What changes of sightings, alarms and hand rules; each service owns its transaction."""

from breakwater.strays.services.answering import allow, answer, answer_fine, close
from breakwater.strays.services.rules import add_rule, end_rule, judge_answers
from breakwater.strays.services.twins import is_ours, link_twin, not_ours

__all__ = [
    "add_rule", "allow", "answer", "answer_fine", "close", "end_rule", "is_ours", "judge_answers",
    "link_twin", "not_ours",
]  # fmt: skip
