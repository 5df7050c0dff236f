"""What is said of a text, in words that people use; never the text itself, but for its marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.domain.scoring.languages import UNTOLD
from breakwater.domain.scoring.scores import FEELING, Band, Head, Span
from breakwater.domain.triage import ASKS, category_of, wants
from breakwater.inbox.services.judging import known
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.reasons import why
from breakwater.scoring.verdicts import Opinion, Verdict

HEADS: dict[Head, str | Promise] = {
    Head.ABUSIVE: _("Hurtful words"),
    Head.INSULT: _("Insults"),
    Head.THREAT: _("Threats"),
    Head.IDENTITY_HATE: _("Hate against groups"),
    Head.SEXUAL: _("Sexual words"),
}
FEELINGS: dict[Head, str | Promise] = {
    Head.NEGATIVE: _("displeased"),
    Head.NEUTRAL: _("neutral"),
    Head.POSITIVE: _("pleased"),
}
INTENTS: dict[Head, str | Promise] = {
    Head.COMPLAINT: _("to complain"),
    Head.QUESTION: _("to ask something"),
    Head.PRAISE: _("to praise"),
    Head.REQUEST: _("to have something done"),
    Head.CRISIS: _("to raise an alarm about the brand"),
}
BANDS: dict[str, str | Promise] = {
    Band.CLEAR: _("It would be shown as it is."),
    Band.VEILED: _("It would be out of sight until its reader asks for it."),
    Band.HELD: _("It would be put aside: nobody needs to read it now."),
    "": _("It would be shown with a note that nothing is known about it."),
}
STAYS = _("It would be out of sight at every level of the shield, and stay under “What needs you”.")
"""What is held and asks for something: an insult does not make the question go away."""
OPINIONS: dict[Opinion, str | Promise] = {
    Opinion.WAITING: _("The model is unsure of this text, which waits for a second opinion."),
    Opinion.GIVEN: _("A second opinion is taken into account."),
    Opinion.NONE: _("A second opinion was asked for, and none came. The model's own counts."),
}
LANGUAGES: dict[str, str | Promise] = {
    "en": _("English"),
    "fr": _("French"),
    "de": _("German"),
    "es": _("Spanish"),
    "it": _("Italian"),
    "pt": _("Portuguese"),
}


def area(access: Access) -> str:
    """Where these pages stand at the side: those who run the workspace come by its settings."""
    return "settings" if access.may(Right.INVITE) else "status"


@dataclass(frozen=True)
class Piece:
    """A part of the text; marked where it speaks for what the text is veiled for."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Shown:
    """A verdict in words. pieces: of the text, with marks, where it has any."""

    band: str
    would: str | Promise
    why: str
    feeling: str | Promise
    intents: list[str | Promise]
    language: str | Promise
    danger: bool
    opinion: str | Promise
    model: str
    kinds: tuple[Head, ...]
    pieces: list[Piece]


def shown(verdict: Verdict, text: str) -> Shown:
    """As the inbox would take it, were it a message."""
    chances, score = verdict.score.chances, verdict.score
    signs = known(chances, verdict.band, verdict.reasons, text=text, rating=None)
    band = verdict.band.value if verdict.band else ""
    return Shown(
        band=band,
        would=STAYS if band == Band.HELD and category_of(signs) in ASKS else BANDS[band],
        why=why(verdict),
        feeling=_feeling(chances),
        intents=[INTENTS[head] for head in wants(signs)],
        language=_language(score.language),
        danger=verdict.danger,
        opinion=OPINIONS.get(verdict.opinion, ""),
        model=score.model,
        kinds=verdict.reasons,
        pieces=pieces(text, score.spans) if band in (Band.VEILED, Band.HELD) else [],
    )


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text in parts, in order; [] where nothing of it is marked."""
    parts, at = [], 0
    for span in sorted(spans, key=lambda one: one.start):
        start, end = max(span.start, at), min(span.end, len(text))
        if start >= end:
            continue
        parts += [Piece(text[at:start], marked=False), Piece(text[start:end], marked=True)]
        at = end
    return [part for part in (*parts, Piece(text[at:], marked=False)) if part.text] if parts else []


def _language(code: str) -> str | Promise:
    if code == UNTOLD:
        return _("cannot be told")
    return LANGUAGES.get(code) or _now("another one (%(code)s)") % {"code": code}


def _feeling(chances: Mapping[Head, float]) -> str | Promise:
    known = [head for head in FEELING if head in chances]
    return FEELINGS[max(known, key=lambda head: chances[head])] if known else ""
