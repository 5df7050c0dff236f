"""Sentences about the inbox and about what its readers are spared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INBOX: dict[str, str | Promise] = {
    "shield_bound": _(
        "The default cannot be milder than the mildest level that readers may choose. "
        "Nothing was changed."
    ),
    "snooze_past": _("Choose a moment ahead, within a year. Nothing was changed."),
    "cannot_answer": _("This person may not answer people here. Nothing was changed."),
    "taken_by": _("%(who)s was first and looks after this conversation. Nothing was changed."),
    "nobody_else": _(
        "Nobody else may answer people here, so nobody can take it. You may leave it where it is, or "
        "ask who runs this workspace to invite somebody."
    ),
    "relief_over": _(
        "It has moved on since, so it cannot be taken back. Whoever has it now can give it to you."
    ),
    "note_empty": _("A note needs words. Nothing was saved."),
    "note_too_long": _("A note has at most %(limit)s characters. Nothing was saved."),
    "label_there": _("There is a label of this name already. Nothing was changed."),
    "bad_tone": _("There is no such colour. Nothing was changed."),
    "bad_hours": _(
        "Hours go from one time to a later one, such as 09:00 to 18:00. Nothing was changed."
    ),
    "bad_day": _("“%(day)s” is no day: write it as 2026-12-25. Nothing was changed."),
    "bad_target": _("A target is a number of minutes, from 1 to 20,000. Nothing was changed."),
    "bad_mode": _("There is no such way to share out work. Nothing was changed."),
    "view_without_name": _("A saved view needs a name. Nothing was saved."),
}
