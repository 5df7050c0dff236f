"""What is told of pauses."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "pause_began": sentence(
        "who why held leaving",
        _("%(who)s has paused everything"),
        _(
            "Why: %(why)s\nPosts that wait: %(held)s. Leaving at that moment: %(leaving)s.\n"
            "You can still answer people, correct and delete. Rules and programs answer nobody."
        ),
    ),
    "pause_began_daily": sentence(
        "who why held leaving",
        _("%(who)s has begun a day-by-day pause"),
        _(
            "Why: %(why)s\nPosts that wait: %(held)s. Leaving at that moment: %(leaving)s.\nEach leaves only on a day for which somebody has "
            "confirmed it."
        ),
    ),
    "pause_ended": sentence(
        "who asks",
        _("%(who)s has ended the pause"),
        _(
            "What lies ahead leaves at its time again. Posts whose time came meanwhile and that ask you "
            "now: %(asks)s."
        ),
    ),
}
