"""Rules in words: on what they act, what they do, what they left to people and why."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core.messages import sentence
from breakwater.domain.automation import (
    Clock,
    Condition,
    Count,
    Link,
    OneOf,
    Open,
    Score,
    Veiled,
    Words,
)
from breakwater.domain.automation_deeds import Action
from breakwater.domain.scoring.scores import Head
from breakwater.domain.triage import Category
from breakwater.inbox.models import Rule
from breakwater.networks.base import What
from breakwater.web.inbox_setup_rota import WEEKDAYS
from breakwater.web.inbox_views import LANGUAGES, WHAT
from breakwater.web.inbox_words import CATEGORIES, LEVELS
from breakwater.web.shown import network_name

Said = str | Promise
HEADS: Mapping[Head, Said] = {
    Head.ABUSIVE: _("abuse"), Head.INSULT: _("insult"), Head.THREAT: _("threat"),
    Head.IDENTITY_HATE: _("hate against a group"), Head.SEXUAL: _("sexual"),
    Head.PROFANITY: _("swearing"), Head.NEGATIVE: _("negative"), Head.POSITIVE: _("positive"),
    Head.COMPLAINT: _("a complaint"), Head.QUESTION: _("a question"), Head.PRAISE: _("praise"),
    Head.REQUEST: _("a request"), Head.CRISIS: _("may become a crisis"),
}  # fmt: skip
LINKS: Mapping[str, Said] = {"yes": _("With a link"), "no": _("Without a link")}
HOURS: Mapping[str, Said] = {
    "open": _("Within business hours"), "closed": _("Outside of business hours"),
}  # fmt: skip
DOES: Mapping[str, Said] = {
    "label": _("Label"), "assign": _("Give to somebody"), "hide": _("Hide"), "mute": _("Mute"),
    "answer": _("Answer"), "aside": _("Set aside"), "done": _("Set to done"),
}  # fmt: skip
SPARED: Mapping[str, Said] = {
    "danger": _("somebody may be in danger"),
    "unscored": _("nobody could score it"),
    "paused": _("everything is paused, so it is left to people"),
    "threat": _("a threat"),
    "cannot": _("the network cannot"),
    "others": _("others wait in the same conversation"),
    "answered": _("answered already"),
    "already": _("done already"),
    "old": _("older than a day"),
    "taken": _("somebody looks after it"),
    "nobody": _("nobody may answer"),
    "gone": _("not there any more"),
    "proposed": _("waits for a yes"),
}
STOPPED: Mapping[str, Said] = {
    "rate": _("It stopped itself: it wanted to act on too many messages within an hour."),
    "author": _("It stopped: whoever it acted for may not answer here any more."),
    "changed": _("It was changed. Try it again before it is switched on."),
    "broken": _("It says something that this version does not know. Save it anew."),
}


def condition_words(one: Condition) -> str:
    return _SAYS[type(one)](one)


def action_words(action: Action, names: Mapping[str, str]) -> str:
    """names: id -> of labels, people and saved answers."""
    said = str(DOES[action.do])
    if action.of is not None:
        return _both(said, names.get(str(action.of)) or _now("not there any more"))
    return _both(said, _now("Whose turn it is")) if action.do == "assign" else said


def done_words(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Each deed of a run, and why it was left to people ("" where it was done)."""
    parted = [code.partition(":") for code in codes]
    return [(str(DOES.get(do, do)), why_words(why)) for do, _between, why in parted]


def why_words(code: str) -> str:
    if not code:
        return ""
    return str(SPARED[code]) if code in SPARED else str(sentence(code))


def stopped_words(rule: Rule) -> str:
    return str(STOPPED.get(rule.stopped, "")) if not rule.on else ""


def _both(name: str, said: str) -> str:
    return _now("%(name)s: %(said)s") % {"name": name, "said": said}


def _listed(said: Sequence[object]) -> str:
    return str(get_text_list([str(one) for one in said], _now("or")))


def _one_of(one: Condition) -> str:
    assert isinstance(one, OneOf)
    names: Mapping[str, Callable[[str], object]] = {
        "network": network_name,
        "kind": lambda kind: WHAT.get(What(kind), kind),
        "category": lambda name: CATEGORIES[Category(name)],
        "language": lambda code: LANGUAGES.get(code, code),
    }
    titles = {
        "network": _now("Network"), "kind": _now("How it came"), "category": _now("What it is"),
        "language": _now("Language"),
    }  # fmt: skip
    return _both(titles[one.name], _listed([names[one.name](of) for of in sorted(one.of)]))


def _words(one: Condition) -> str:
    assert isinstance(one, Words)
    return _both(_now("Words in it"), one.query)


def _score(one: Condition) -> str:
    assert isinstance(one, Score)
    said = HEADS.get(one.head, one.head.value)
    return _now("%(head)s: %(least)s of 100 or more") % {"head": said, "least": one.least}


def _veiled(one: Condition) -> str:
    assert isinstance(one, Veiled)
    return _both(_now("Veiled for who chose to be spared"), str(LEVELS[one.level]))


def _count(one: Condition) -> str:
    assert isinstance(one, Count)
    if one.name == "author" and one.most == 1:
        return _now("The first message of this person")
    if one.name == "author" and one.most is not None:
        return _now("This person has written %(least)s to %(most)s messages") % {
            "least": one.least, "most": one.most,
        }  # fmt: skip
    said = {
        "author": ngettext(
            "This person has written %(n)s message or more",
            "This person has written %(n)s messages or more", one.least,
        ),
        "author_veiled": ngettext(
            "%(n)s abusive message of this person or more",
            "%(n)s abusive messages of this person or more", one.least,
        ),
        "equal": ngettext(
            "The same words %(n)s time within an hour or more",
            "The same words %(n)s times within an hour or more", one.least,
        ),
    }  # fmt: skip
    return said[one.name] % {"n": one.least}


def _link(one: Condition) -> str:
    assert isinstance(one, Link)
    return str(LINKS["yes" if one.there else "no"])


def _clock(one: Condition) -> str:
    assert isinstance(one, Clock)
    said = _now("Between %(begin)s and %(end)s") % {"begin": one.begin, "end": one.end}
    if len(one.days) == len(WEEKDAYS):
        return said
    return f"{said}, {_listed([WEEKDAYS[day] for day in sorted(one.days)])}"


def _open(one: Condition) -> str:
    assert isinstance(one, Open)
    return str(HOURS["open" if one.open else "closed"])


_SAYS: Mapping[type, Callable[[Condition], str]] = {
    OneOf: _one_of, Words: _words, Score: _score, Veiled: _veiled, Count: _count, Link: _link,
    Clock: _clock, Open: _open,
}  # fmt: skip
