"""Sentences for the codes of reviews, slots and the watch."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REVIEW: dict[str, str | Promise] = {
    "not_alike": _("These lines are not alike: decide them one by one. Nothing was changed."),
    "no_such_choice": _("This cannot be decided of such a line. Nothing was changed."),
    "line_done": _(
        "This was decided and carried out already. Change the post itself if it has to be changed."
    ),
    "line_undecided": _(
        "Only what was decided, by as many persons as this review asks for, can leave before the "
        "pause ends. Nothing was changed."
    ),
    "evidence_first": _(
        "An incident is about this post, and its evidence is neither sealed nor signed for, so nothing "
        "was deleted. Decide again once it is."
    ),
    "line_gone": _("What this line is about is not there any more."),
    "own_decision": _("You decided this yourself, so somebody else has to confirm it."),
    "bad_place": _("There is no such place in this list."),
    "slot_past": _("This time is over. Ask for new times."),
    "feed_address": _("The address of a feed begins with https:// or http://."),
    "feed_known": _("This feed is in the list already."),
    "feed_too_large": _("This feed is larger than 1 MB, so it is not read."),
    "feed_entities": _(
        "This feed declares entities of its own, as files do that are meant to overwhelm their "
        "reader. It is not read."
    ),
    "feed_unreadable": _("This is neither RSS nor Atom."),
    "feed_away": _("The feed did not answer as it should."),
    "not_a_day": _("There is no such day."),
}
