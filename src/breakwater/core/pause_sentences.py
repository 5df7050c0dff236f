"""Sentences about pauses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAUSES: dict[str, str | Promise] = {
    "why_needed": _("Say in a few words why."),
    "pause_over": _("This pause has ended. Nothing was changed."),
    "pressed_again": _(
        "Somebody has paused everything again meanwhile, so nothing was released. Look again."
    ),
    "look_first": _(
        "The time to look again is over. Look whether it is right to go on, and say so; or say when "
        "you look next."
    ),
    "lines_undecided": _(
        "%(n)s lines of the review are not decided yet, so nothing was released. Decide them, or say "
        "why you end the pause all the same."
    ),
    "unknown_closing": _("There is nothing to close that is called “%(name)s”."),
    "scope_empty": _("Choose at least one channel, label or country that stays paused."),
    "scope_no_such_label": _(
        "No post that waits has the label “%(name)s”, so all would be let go. Nothing was changed."
    ),
    "not_daily": _("This pause is not day by day, so no single day is confirmed."),
    "programs_paused": _(
        "Everything is paused, so no program answers anybody. A named person can, on the pages."
    ),
    "hold_of_pause": _(
        "A pause holds this. It is opened where pauses are ended: on the page of the pause, or by "
        "breakwater pause resume. Nothing was changed."
    ),
}
