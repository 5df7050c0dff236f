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
    "aside_danger": _(
        "Somebody may be in danger there, so it cannot be set aside. If nobody is, say so on its page."
    ),
    "not_aside": _("It is not in the folder any more: somebody took it out, or decided about it."),
    "in_danger": _("It says so already: somebody may be in danger there."),
    "no_danger": _("It says so already: nobody is in danger there."),
    "kept_why": _("A message is kept as a threat, as another crime, or as an image of a minor."),
    "erased": _("Nothing is left of it here, so there is nothing to keep."),
    "report_early": _("It cannot have been reported in the future."),
    "reference_long": _("A reference has at most %(limit)s characters."),
    "unknown_country": _("Breakwater has no list of numbers for this country yet."),
    "helpline_way": _("A number or an address is needed, or nobody can be reached."),
    "helpline_address": _("An address begins with https:// and names a server."),
    "helpline_long": _("At most %(limit)s characters fit here."),
    "helper_self": _("You cannot be your own helper."),
    "helper_unable": _("A helper is a member of this workspace who may answer people."),
    "grant_until": _("Choose an end that is still to come, at most 31 days from now."),
    "grant_ended": _("What was lent to you has ended, or is somebody else’s. Nothing was done."),
}
