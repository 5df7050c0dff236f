"""What is told of guidelines, and of who can get into accounts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "guideline_blocks": sentence(
        "who n clause",
        _("A new guideline stops planned posts (%(n)s)"),
        _(
            "%(who)s turned it on: “%(clause)s”\nThose posts are held at their time unless they are "
            "changed before."
        ),
    ),
    "guideline_warns": sentence(
        "who n clause",
        _("A new guideline advises against planned posts (%(n)s)"),
        _(
            "%(who)s turned it on: “%(clause)s”\nThey leave as planned; you may want to look at them."
        ),
    ),
    "posture_off": sentence(
        "who channel",
        _("The second factor of %(channel)s is said to be off"),
        _(
            "%(who)s declared that the account is protected by its password alone. Turn the second "
            "factor on at the network, then say so on the page of the channel."
        ),
    ),
    "posture_due": sentence(
        "channel",
        _("How well is %(channel)s locked? Please look again"),
        _(
            "It was last said three months ago. It takes two minutes: password, second factor, people."
        ),
    ),
    "access_ends": sentence(
        "channel name day",
        _("The access of %(name)s to %(channel)s ended on %(day)s"),
        _("Take it away at the network, then say so on the page of the channel."),
    ),
    "drill_due": sentence(
        "",
        _("It is time for the yearly drill"),
        _(
            "Practise once a year what to do when an account is taken: who notices, who pauses, who "
            "deletes, who speaks."
        ),
    ),
}
