"""What is told of evidence. Never a word of what was kept."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "evidence_head": sentence(
        "number seal workspace",
        _("Evidence of %(workspace)s: the chain ends at %(number)s"),
        _(
            "Keep this message: with it, anybody can show later that nothing before it was changed. "
            "The head is %(number)s:%(seal)s"
        ),
    ),
    "evidence_ends": sentence(
        "channel day",
        _("Evidence of %(channel)s ends soon"),
        _(
            "What was kept is shredded on %(day)s. If it is still needed, as for a court, say so on "
            "its page; or hand it out before."
        ),
    ),
    "evidence_minor_asked": sentence(
        "who channel",
        _("%(who)s asks that evidence of %(channel)s be shredded"),
        _(
            "It is said to be an illegal image of a minor. Until somebody else says yes or no on its "
            "page, nobody opens it."
        ),
    ),
    "evidence_minor": sentence(
        "who channel",
        _("%(who)s shredded evidence of %(channel)s"),
        _(
            "It was said to be an illegal image of a minor. Its address and digests are kept. If that "
            "is not so, begin an incident."
        ),
    ),
    "capture_partial": sentence(
        "channel",
        _("Not everything could be kept of %(channel)s"),
        _(
            "So nothing is deleted. Its page says what is missing: take it again, or sign that it "
            "may be deleted as it is."
        ),
    ),
}
