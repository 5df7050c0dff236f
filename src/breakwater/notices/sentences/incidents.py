"""What is told of incidents."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "action_open": sentence(
        "what number",
        _("Still to change after incident #%(number)s"),
        _("“%(what)s” was to change by now. Say that it has, or that it will not, and why."),
    ),
    "promise_due": sentence(
        "what number",
        _("Promised after incident #%(number)s"),
        _("“%(what)s” was promised in public and is due. Say when it is done."),
    ),
}
