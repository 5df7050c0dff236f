"""Sentences about scoring: what a workspace's own words and corrections may be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCORING: dict[str, str | Promise] = {
    "term_empty": _("Write at least one word. Nothing was added."),
    "term_too_long": _("A term has at most %(limit)s characters. Nothing was added."),
    "term_many": _("There are %(limit)s terms already. Remove some that are not needed any more."),
}
