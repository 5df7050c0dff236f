"""A review in words: what a line is about, what can be decided, what became of it, and why a word
is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.core.messages import sentence
from breakwater.pauses.lines import BY_HAND, CHOICES, Choice, What
from breakwater.pauses.models import ReviewLine

Text = str | Promise

WHATS: Mapping[str, Text] = {
    What.PLANNED: _("Planned"),
    What.OUT: _("Already out"),
    What.PROFILE: _("Profile of the account"),
    What.RULE: _("Acts by itself"),
    What.ADS: _("Ads and boosted posts"),
    What.HAND: _("Planned in other tools"),
}

STATES: Mapping[str, Text] = {
    "undecided": _("Not decided"),
    "decided": _("Decided"),
    "second": _("Waits for a second person"),
}

CATEGORIES: Mapping[str, Text] = {
    "death": _("death"),
    "fire": _("fire"),
    "water": _("water and quakes"),
    "weapons": _("weapons"),
    "flight": _("flight and crashes"),
    "party": _("party and laughter"),
    "deals": _("loud offers"),
    "war": _("war and attacks"),
    "news": _("a name in the news"),
}

_CHOICES: Mapping[str, Text] = {
    Choice.KEEP: _("Keep: it goes on when the pause lets it"),
    Choice.MODIFY: _("Modify: it becomes a draft again, and its approval is void"),
    Choice.PAUSE: _("Keep back: it waits, even when the pause has ended"),
    Choice.CANCEL: _("Cancel: it does not leave"),
}
_OF: Mapping[tuple[str, str], Text] = {
    (What.OUT, Choice.KEEP): _("Keep: it stays there"),
    (What.OUT, Choice.MODIFY): _("Modify: to be changed on its own page"),
    (What.OUT, Choice.CANCEL): _("Take it down"),
    (What.PROFILE, Choice.KEEP): _("Keep: it stays as it is"),
    (What.PROFILE, Choice.MODIFY): _("Changed by hand, on the network"),
    (What.RULE, Choice.KEEP): _("Keep: it goes on"),
    (What.RULE, Choice.CANCEL): _("Switch it off"),
    (What.ADS, Choice.KEEP): _("Looked at: they go on, or there are none"),
    (What.ADS, Choice.PAUSE): _("Paused by hand, on the network"),
    (What.ADS, Choice.CANCEL): _("Ended by hand, on the network"),
    (What.HAND, Choice.KEEP): _("Looked at: it goes on, or there is none"),
    (What.HAND, Choice.PAUSE): _("Paused by hand, in the other tool"),
    (What.HAND, Choice.CANCEL): _("Deleted by hand, in the other tool"),
}

SHORT: Mapping[str, Text] = {
    Choice.KEEP: pgettext_lazy("review", "keep"),
    Choice.MODIFY: pgettext_lazy("review", "modify"),
    Choice.PAUSE: pgettext_lazy("review", "keep back"),
    Choice.CANCEL: pgettext_lazy("review", "cancel"),
}

_REMINDERS: Mapping[str, Text] = {
    What.ADS: _("No interface shows us ads and boosted posts. Look there, then say what you did."),
    What.HAND: _(
        "What is planned in the networks’ own tools, or in others, is not seen from here. Look "
        "there, then say what you did."
    ),
}


@dataclass(frozen=True)
class Said:
    """A hint as a person reads it."""

    word: str
    text: str
    source: str


@dataclass(frozen=True)
class Piece:
    text: str
    hit: bool


def choice(what: str, value: str) -> Text:
    return _OF.get((what, value)) or _CHOICES[value]


def choices(what: str) -> list[tuple[str, Text]]:
    return [(one.value, choice(what, one)) for one in CHOICES[what]]


def hints(line: ReviewLine) -> list[Said]:
    return [_said(one) for one in line.hints]


def reminder(line: ReviewLine) -> Text:
    return _REMINDERS.get(line.what, "")


def outcome(line: ReviewLine, *, two: bool) -> Text:
    """What became of the decision; "" while nothing is decided."""
    if not line.decision:
        return ""
    if two and line.second_by_id is None:
        return _now("Nothing is done before a second person confirms it.")
    if line.what in BY_HAND:
        return _now("Done by hand.")
    return _carried(line)


def pieces(text: str, said: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The text cut at what is marked."""
    found: list[Piece] = []
    at = 0
    for start, end in sorted((int(one["start"]), int(one["end"])) for one in said):
        if start < at or end > len(text):
            continue
        found += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    found.append(Piece(text[at:], False))
    return [one for one in found if one.text]


def _carried(line: ReviewLine) -> Text:
    if line.released_at:
        return _now("It passes the pause.")
    if line.outcome == "":
        return _now("It is being done.")
    if line.outcome == "to_change":
        return _now("To be changed on its own page, by who may approve.")
    if line.outcome in ("done", "by_hand"):
        return _now("Done.")
    return _now("Not done: %(why)s") % {"why": sentence(line.outcome)}


def _said(one: Mapping[str, Any]) -> Said:
    word, category = str(one["word"]), CATEGORIES.get(str(one["category"]), "")
    source = str(one.get("source", ""))
    if one["why"] == "news":
        return Said(word, _now("“%(word)s” is in the news now.") % {"word": word}, source)
    if one["why"] == "event":
        text = _now("“%(word)s”: %(what)s, and the event is about that.")
    else:
        text = _now("“%(word)s”: %(what)s.")
    return Said(word, text % {"word": word, "what": category}, source)
