"""What is told at once, by mail, push and webhook. No sentence here has a text that a stranger wrote."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "alarm_again": sentence(
        "channel minutes",
        _("Nobody has answered the alarm for %(minutes)s minutes"),
        _(
            "Seen on: %(channel)s. Whoever was told first has not answered. You can do so from this"
            " link, without signing in."
        ),
    ),
    "alarm_help": sentence(
        "who channel",
        _("%(who)s asks for help with an alarm"),
        _("Seen on: %(channel)s. The page shows what was done so far."),
    ),
    "doors_tried": sentence(
        "",
        _("A trial: this door works"),
        _("Somebody pressed “Try it” to see what comes. There is no alarm, and nothing to do."),
    ),
}
