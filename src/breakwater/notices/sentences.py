"""What each notice says. A code, the values that its sentences name, and the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.domain.text import one_line

Text = str | Promise


@dataclass(frozen=True)
class Sentence:
    """names: the keys that a notice's data must have. The title is the mail's subject too."""

    names: frozenset[str]
    title: Text
    body: Text


def _sentence(names: str, title: Text, body: Text) -> Sentence:
    return Sentence(frozenset(names.split()), title, body)


SENTENCES: Mapping[str, Sentence] = {
    "asked_to_approve": _sentence(
        "who post",
        _("%(who)s asks you to approve a post"),
        _("The post is: “%(post)s”. It leaves only when it is approved."),
    ),
    "approved": _sentence(
        "who post",
        _("%(who)s approved your post"),
        _("The post is: “%(post)s”. It leaves at its time."),
    ),
    "changes_asked": _sentence(
        "who post note",
        _("%(who)s asks you to change your post"),
        _("The post is: “%(post)s”. What %(who)s wrote: %(note)s"),
    ),
    "failed": _sentence(
        "post channel",
        _("A post could not leave for %(channel)s"),
        _(
            "The post is: “%(post)s”. %(channel)s did not take it. The page says why and what to do."
        ),
    ),
    "unknown": _sentence(
        "post channel",
        _("Did this post appear on %(channel)s?"),
        _(
            "The post is: “%(post)s”. The answer of %(channel)s got lost, so it may be there or not."
            " It will not be sent again until you say."
        ),
    ),
    "missed": _sentence(
        "post channel",
        _("A post missed its time on %(channel)s"),
        _("The post is: “%(post)s”. It waits for you: send it now, move it, or leave it."),
    ),
    "held": _sentence(
        "post channel",
        _("A post for %(channel)s is held back"),
        _("The post is: “%(post)s”. The page says why. It does not leave until you decide."),
    ),
    "altered": _sentence(
        "post channel",
        _("A post looks different on %(channel)s"),
        _(
            "The post is: “%(post)s”. What %(channel)s shows is not what was sent. Please look at both."
        ),
    ),
    "stuck": _sentence(
        "post channel",
        _("A post for %(channel)s has not left yet"),
        _(
            "The post is: “%(post)s”. Its time is past and nothing has happened. Breakwater goes on trying."
        ),
    ),
    "token_dying": _sentence(
        "channel day",
        _("The sign-in of %(channel)s ends soon"),
        _("It ends on %(day)s. Connect the channel again before then, and no post is late."),
    ),
    "reconnect": _sentence(
        "channel",
        _("%(channel)s has to be connected again"),
        _("The network no longer accepts our sign-in. Posts for this channel wait until you do."),
    ),
    "invitation": _sentence(
        "who workspace",
        _("%(who)s invites you to %(workspace)s"),
        _(
            "With the link below you join %(workspace)s on Breakwater. It works once and for seven"
            " days. If you do not know %(who)s, leave this mail alone."
        ),
    ),
}


def title(code: str, data: Mapping[str, object]) -> str:
    """In the language in use, on one line."""
    return one_line(str(SENTENCES[code].title) % data)


def body(code: str, data: Mapping[str, object]) -> str:
    """In the language in use."""
    return str(SENTENCES[code].body) % data
