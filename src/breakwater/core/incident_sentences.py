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
    "statement_stops": _("The statement is not complete, or claims what is not shown."),
    "statement_part": _("A statement of this kind says this too."),
    "statement_unproved": _(
        "It says that somebody broke in (%(words)s). Say below what shows it, or leave it out."
    ),
    "statement_short": _(
        "A statement of this kind says %(needed)s things, each in a paragraph of its own. This one has "
        "%(n)s."
    ),
    "statement_claims": _(
        "It says that somebody broke in (%(words)s), and nothing was named that shows it. Leave it "
        "out, or write the statement anew in its incident and name what shows it."
    ),
    "statement_translation": _(
        "A translation is of the same kind as what it translates, in another language, and there is "
        "one in each. Nothing was submitted."
    ),
    "statement_if_offended": _("This reads as if those who were hurt were at fault."),
    "statement_author_named": _(
        "The name of whoever made the mistake is not published. Nothing was submitted."
    ),
    "statement_alone": _(
        "Nobody else here can say yes to it. Read it again, and tick that you confirm it yourself."
    ),
    "statement_hands": _(
        "This is a statement of an incident: those who respond to incidents write, change and submit "
        "it. Nothing was changed."
    ),
    "playbook_empty": _("A playbook needs at least one step. Nothing was changed."),
    "playbook_text": _("Each step is needed in English and in French. Nothing was changed."),
}
