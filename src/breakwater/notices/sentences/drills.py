"""What is told of drills."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from breakwater.notices.sentences.base import Sentence, sentence

SENTENCES: Mapping[str, Sentence] = {
    "drill_begins": sentence(
        "who brand",
        _("A drill begins, and you take part"),
        _(
            "%(who)s has begun a drill: %(brand)s. It is practice, on accounts that exist nowhere "
            "else. What happens there is played; your real desk goes on as ever."
        ),
    ),
}
