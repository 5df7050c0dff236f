"""Sentences about the inbox and about what its readers are spared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INBOX: dict[str, str | Promise] = {
    "shield_bound": _(
        "The default cannot be milder than the mildest level that readers may choose. "
        "Nothing was changed."
    ),
    "correction_own": _("These are our own words, which are never veiled. Nothing was changed."),
}
