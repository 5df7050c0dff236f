"""Sentences about scoring: what a workspace's own words and corrections may be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCORING: dict[str, str | Promise] = {
    "term_empty": _("Write at least one word. Nothing was added."),
    "term_too_long": _("A term has at most %(limit)s characters. Nothing was added."),
    "term_many": _("There are %(limit)s terms already. Remove some that are not needed any more."),
    "scored_too_long": _("The text is longer than %(limit)s characters."),
    "correction_head": _("Say what the text has that it should be veiled for."),
    "correction_agreed": _("That is what is said of it already. Nothing was changed."),
    "correction_term": _(
        "One of this workspace's words veils this text. Remove the term if it should not."
    ),
    "correction_unscored": _("Nothing is said of this text, so there is nothing to correct."),
}
