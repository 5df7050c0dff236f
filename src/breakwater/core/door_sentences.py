"""Sentences of signed links, and of the doors by which urgent news comes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOORS: dict[str, str | Promise] = {
    "link_gone": _(
        "This link opens nothing any more: it has ended, was taken back, or was not copied whole. "
        "Nothing was changed. Sign in instead, or ask for a new one."
    ),
}
