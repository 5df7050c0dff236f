"""Why a text has its band, in a sentence that repeats nothing of it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.domain.scoring.scores import Abstention, Band, Head
from breakwater.scoring.verdicts import Stage, Verdict

KINDS: dict[Head, str | Promise] = {
    Head.ABUSIVE: _("hurtful words"),
    Head.INSULT: _("an insult"),
    Head.THREAT: _("a threat"),
    Head.IDENTITY_HATE: _("hate against a group of people"),
    Head.SEXUAL: _("sexual words"),
    Head.PROFANITY: _("swearing"),
}
UNSAID: dict[Abstention, str | Promise] = {
    Abstention.EMPTY: _("There is no word in it, so nothing is said of it."),
    Abstention.LANGUAGE: _(
        "It is in a language that is not scored here, or in none that can be told. That says "
        "nothing about how it reads."
    ),
}


def why(verdict: Verdict) -> str:
    """One or two sentences, in the language in use."""
    if verdict.stage is Stage.TERM:
        return _now("It has one of this workspace's words that are never shown unasked.")
    if verdict.score.abstained is not None:
        return str(UNSAID[verdict.score.abstained])
    if verdict.band is Band.CLEAR:
        return _now("Nothing in it is likely to hurt who reads it.")
    return _now("It probably has: %(kinds)s.") % {"kinds": kinds(verdict)}


def kinds(verdict: Verdict) -> str:
    """The kinds of abuse that it is veiled for, worst first. "Hurtful words" is said where no
    narrower kind is."""
    narrow = [head for head in verdict.reasons if head is not Head.ABUSIVE]
    return ", ".join(str(KINDS[head]) for head in narrow or verdict.reasons)
