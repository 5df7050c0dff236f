"""Sentences about who can get into accounts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HYGIENE: dict[str, str | Promise] = {
    "posture_word": _("Answer with yes, no or not known."),
    "holder_kind": _("Say whether it is one of your own people or an agency."),
    "holder_many": _("There are %(limit)s names already. Say first whose access has ended."),
    "drill_ahead": _("This day has not come yet."),
}
