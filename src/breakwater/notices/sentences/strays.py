"""What is told of what our accounts show. Never a word of a post: a page shows it, behind the shield."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "alarm": sentence(
        "channel",
        _("Alarm: nobody here sent what %(channel)s shows"),
        _(
            "An account of yours shows something that nobody here sent. Was it one of you? The "
            "page asks, and three buttons answer it. Nothing is deleted until somebody says so."
        ),
    ),
    "twin": sentence(
        "channel",
        _("Did one of you post this by hand on %(channel)s?"),
        _(
            "The account shows the words of something that was written here and did not leave from "
            "here. If it is yours, say so: then it is not sent a second time."
        ),
    ),
    "duplicate": sentence(
        "channel",
        _("The same post is twice on %(channel)s"),
        _("One of the two left from here. Nothing was deleted."),
    ),
    "hand_rule": sentence(
        "channel begins ends until",
        _("Posts made by hand on %(channel)s wake nobody for some hours"),
        _(
            "Somebody allowed them from %(begins)s to %(ends)s, until %(until)s. In these hours nobody "
            "is woken for a post on this channel, whoever made it. If this is a mistake, end the rule."
        ),
    ),
    "altered_by_others": sentence(
        "channel",
        _("A post on %(channel)s reads otherwise than it was sent"),
        _("Nobody changed it from here. The page says which one."),
    ),
    "missing": sentence(
        "channel",
        _("A post is gone from %(channel)s"),
        _("Nobody took it down from here. The page says which one."),
    ),
    "profile_changed": sentence(
        "channel",
        _("The profile of %(channel)s has changed"),
        _("Was it one of you? Name, picture, text or link are others than before."),
    ),
    "followers_fell": sentence(
        "channel count",
        _("%(channel)s lost many followers within a day"),
        _("%(count)s fewer than the day before. Look at what the account shows."),
    ),
}
