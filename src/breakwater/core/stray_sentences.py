"""Sentences about hours of posts made by hand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STRAYS: dict[str, str | Promise] = {
    "hand_rule_days": _(
        "The last day is today or one of the next %(days)s. Nobody is woken in these hours, so make a "
        "new rule when this one has ended."
    ),
    "hand_rule_hours": _(
        "These hours begin and end at different times, and are %(hours)s a day at most."
    ),
}
