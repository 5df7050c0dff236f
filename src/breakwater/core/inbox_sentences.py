"""Sentences about the inbox and about what its readers are spared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INBOX: dict[str, str | Promise] = {
    "search_empty": _("Write what you are looking for."),
    "search_too_long": _("A search has at most %(limit)s characters and forty words."),
    "search_quote": _("A quotation mark is left open. Close it, or take it out."),
    "search_bracket": _("A bracket is left open, or there is one too many."),
    "search_only_without": _(
        "This says only what must not be there. Add a word that must be there."
    ),
    "shield_bound": _(
        "The default cannot be milder than the mildest level that readers may choose. "
        "Nothing was changed."
    ),
    "unknown_deed": _("This is nothing that can be done here. Nothing was done."),
    "deed_own_message": _("This is a message of your own, so there is nothing to do about it."),
    "deed_message_gone": _("The message is gone from the network."),
    "deed_not_for_this": _("This cannot be done to such a message."),
    "deed_not_there": _("%(network)s does not let other software do this."),
    "deed_not_granted": _(
        "The sign-in of this channel was not granted this. Reconnect the channel and choose more."
    ),
    "deed_refused_before": _("This was tried on this account, and the network said no."),
    "deed_for_good": _("This cannot be taken back. Nothing was changed."),
    "deed_never_was": _("It was not done, or is taken back already. Nothing was changed."),
    "reported_already": _("This was reported already, and networks count each report."),
    "report_reason_missing": _("Say what is wrong with it: the network asks."),
    "deed_text_long": _("That is too long: %(limit)s characters are the most."),
    "deed_reason_missing": _(
        "Some of these are criticism, ask for something, or hurt nobody. Write why, before several "
        "of them are silenced; it is kept on record. Nothing was done."
    ),
    "too_many_at_once": _("At most %(limit)s messages can be chosen at once. Nothing was done."),
    "nothing_chosen": _("Nothing that waits was chosen, so nothing was done."),
    "unknown_outcome": _("Say what became of the report. Nothing was changed."),
}
