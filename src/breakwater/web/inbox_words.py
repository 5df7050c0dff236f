"""The inbox's categories and shields in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.domain.scoring.scores import Head
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category
from breakwater.domain.walltime import local
from breakwater.inbox.models import Thread
from breakwater.inbox.reading import Message

CATEGORIES: Mapping[Category, str | Promise] = {
    Category.DANGER: _("Somebody may be in danger"),
    Category.THREAT: _("Threats"),
    Category.CRISIS: _("May become a crisis"),
    Category.QUESTION: _("Questions"),
    Category.REQUEST: _("Requests"),
    Category.COMPLAINT: _("Complaints"),
    Category.PRAISE: _("Praise"),
    Category.OTHER: _("Other"),
    Category.SPAM: _("Advertising"),
    Category.ABUSE: _("Abuse"),
}
ONE: Mapping[Category, str | Promise] = {
    Category.DANGER: _("somebody may be in danger"),
    Category.THREAT: _("a threat"),
    Category.CRISIS: _("may become a crisis"),
    Category.QUESTION: _("a question"),
    Category.REQUEST: _("a request"),
    Category.COMPLAINT: _("a complaint"),
    Category.PRAISE: _("praise"),
    Category.OTHER: _("a message"),
    Category.SPAM: _("advertising"),
    Category.ABUSE: _("abuse"),
}
ICONS: Mapping[Category, str] = {
    Category.DANGER: "life-buoy",
    Category.THREAT: "triangle-alert",
    Category.CRISIS: "radio-tower",
    Category.QUESTION: "circle-help",
    Category.REQUEST: "hand",
    Category.COMPLAINT: "message-circle",
    Category.PRAISE: "circle-check",
    Category.OTHER: "message-circle",
    Category.SPAM: "ban",
    Category.ABUSE: "shield",
}
KINDS: Mapping[Head, str | Promise] = {
    Head.ABUSIVE: _("abuse"),
    Head.INSULT: _("insult"),
    Head.THREAT: _("threat"),
    Head.IDENTITY_HATE: _("hate against a group"),
    Head.SEXUAL: _("sexual"),
    Head.PROFANITY: _("swearing"),
}
LEVELS: Mapping[Level, str | Promise] = {
    Level.HELD: _("Only what nobody needs to read"),
    Level.ABUSE: _("What is abusive, and what may be a threat"),
    Level.CAREFUL: _("Swearing as well, and what may be abusive"),
    Level.EVERYTHING: _("All that strangers wrote"),
}


@dataclass(frozen=True)
class Veil:
    """What stands on the page instead of a text."""

    title: str
    kinds: str


@dataclass(frozen=True)
class Due:
    """By when an answer is wanted. style: of the moment on the page: its time alone says it today."""

    at: datetime
    late: bool
    style: str


def due_of(thread: Thread, now: datetime, zone: str) -> Due | None:
    """None where nothing waits, or no time is set for it."""
    if thread.due_at is None or not thread.waiting:
        return None
    same_day = local(thread.due_at, zone).date() == local(now, zone).date()
    return Due(thread.due_at, thread.due_at < now, "time" if same_day else "plain")


def veil_of(message: Message) -> Veil:
    """Named by word, not by colour: what it is, and what it wants."""
    title = str(ONE[message.category]).capitalize()
    if message.unscored:
        return Veil(title, _now("Nobody could say yet whether it hurts to read."))
    if not message.reasons:
        return Veil(title, _now("Veiled, as you chose to be spared."))
    return Veil(title, _now("Veiled: %(kinds)s.") % {"kinds": kinds(message.reasons)})


@dataclass(frozen=True)
class Part:
    """Of a masked text; word: what stands in place of what was there."""

    text: str
    word: str = ""


def masked_of(message: Message) -> Sequence[Part] | None:
    """None where nobody asked for it."""
    if message.masked is None:
        return None
    return [Part(one.text, str(KINDS[one.kind]) if one.kind else "") for one in message.masked]


def kinds(heads: Iterable[Head]) -> str:
    named = [str(KINDS[head]) for head in heads if head in KINDS]
    return ", ".join(dict.fromkeys(named))
