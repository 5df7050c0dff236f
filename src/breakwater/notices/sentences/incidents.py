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
    "contained": sentence(
        "n",
        _("The posts are gone, as far as the network shows us"),
        _("Taken down: %(n)s. The incident shows the evidence, and what is to be done now."),
    ),
    "contain_hidden": sentence(
        "n number",
        _("Incident #%(number)s: nobody sees the posts any more, but not all are deleted"),
        _(
            "Hidden on their network, because it did not delete them: %(n)s. They can be shown again "
            "there, so delete them by hand where you can."
        ),
    ),
    "contain_stuck": sentence(
        "number",
        _("Containing incident #%(number)s waits for a person"),
        _(
            "Some posts are still there: their evidence is partial, or a network refused. "
            "The page shows which, and what can be done."
        ),
    ),
    "contain_left": sentence(
        "n number",
        _("Incident #%(number)s: posts are still there that cannot be taken down from here"),
        _(
            "Still there: %(n)s. Delete them by hand, on the network: the page shows where they are."
        ),
    ),
    "statement_to_approve": sentence(
        "who number",
        _("A statement about incident #%(number)s waits for your yes"),
        _("%(who)s has written it. Read it and answer now: it leaves with your yes."),
    ),
    "promise_due": sentence(
        "what number",
        _("Promised after incident #%(number)s"),
        _("“%(what)s” was promised in public and is due. Say when it is done."),
    ),
}
