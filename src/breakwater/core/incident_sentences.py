"""Sentences about incidents: what may not be done, and why."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INCIDENTS: dict[str, str | Promise] = {
    "incident_why": _("Say why, in a few words. Nothing was changed."),
    "incident_value": _("This is nothing that can stand there. Nothing was changed."),
    "incident_early": _("It cannot have begun later than now."),
    "incident_closed": _("This incident is closed. Open it again first."),
    "incident_review_first": _("Write its review first, or say why there is none."),
    "incident_containing": _(
        "Posts of it are still being contained. It can be closed once that has ended."
    ),
    "damage_window": _("Choose one of the windows that are shown."),
    "playbook_empty": _("A playbook needs at least one step. Nothing was changed."),
    "playbook_text": _("Each step is needed in English and in French. Nothing was changed."),
}
