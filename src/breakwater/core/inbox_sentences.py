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
    "correction_own": _("These are our own words, which are never veiled. Nothing was changed."),
}
