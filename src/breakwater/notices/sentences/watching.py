"""What the watch proposes, and what a review asks. No text of a post stands in these."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

_OF = "workspace n"
_LOOK = _("Nothing was paused. Posts planned within two days that could jar: %(n)s.")

SENTENCES: Mapping[str, Sentence] = {
    "signal_feeds": sentence(_OF, _("%(workspace)s: several news feeds speak of one event"), _LOOK),
    "signal_mentions": sentence(
        _OF, _("%(workspace)s: far more people than usual speak of you"), _LOOK
    ),
    "signal_day": sentence(_OF, _("%(workspace)s: a day of mourning"), _LOOK),
    "signal_person": sentence(
        _OF, _("%(workspace)s: a colleague says that something has happened"), _LOOK
    ),
    "pause_day": sentence(
        _OF,
        _("%(workspace)s: confirm what leaves today"),
        _(
            "The pause is day by day: of the posts planned for today (%(n)s), only those leave that "
            "somebody confirms today."
        ),
    ),
    "pause_reevaluate": sentence(
        _OF,
        _("%(workspace)s: look at the pause again"),
        _(
            "The moment has come that was set for it. Lines without a decision: %(n)s. Until "
            "somebody ends the pause, nothing leaves."
        ),
    ),
}
