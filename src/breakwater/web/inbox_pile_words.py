"""Piles in words: figures, signs, and what became of a deed on all of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import Why, all_allowed
from breakwater.core.messages import sentence
from breakwater.delivery.services.talking import ability
from breakwater.domain.grouping.coordination import Hint, Sign, arranged
from breakwater.domain.scoring.scores import Head
from breakwater.inbox.models import Pile, PileDeed
from breakwater.inbox.pile_selectors import OnChannel, Reached, Standing, Standings
from breakwater.inbox.reading import Tally
from breakwater.inbox.services import pile_deeds as deeds
from breakwater.networks.base import Can
from breakwater.web.scoring_words import LANGUAGES

TITLES: Mapping[str, str | Promise] = {
    deeds.ANSWER: _("Answer all of them"),
    deeds.HIDE: _("Hide all of them"),
    deeds.LABEL: _("Label all of them"),
    deeds.DISMISS: _("All of this is done"),
}
ICONS = {
    deeds.ANSWER: "send", deeds.HIDE: "eye-off", deeds.LABEL: "tag", deeds.DISMISS: "check-check",
}  # fmt: skip
_DID: Mapping[str, str | Promise] = {
    deeds.ANSWER: _("Answered as one"),
    deeds.HIDE: _("Hidden on the network"),
    deeds.LABEL: _("Labelled"),
    deeds.DISMISS: pgettext_lazy("pile", "Set to done"),
}
_STATES: Mapping[str, str | Promise] = {
    "going": _("under way"),
    "done": _("finished"),
    "stopped": _("stopped"),
    "proposed": pgettext_lazy("answer", "waits for a yes"),
    "refused": pgettext_lazy("answer", "not approved"),
    "withdrawn": pgettext_lazy("answer", "taken back"),
}
_ASKED = ("proposed", "refused", "withdrawn")
"""States in which nothing of it was done."""
_LEFT: Mapping[str, str | Promise] = {
    "alone": _("somebody in danger or a threat: one by one"),
    "exception": _("asks something of its own"),
    "newer": _("said something new after you decided"),
    "capped": _("more than one decision reaches: decide again"),
    "answered_meanwhile": _("a colleague has answered meanwhile"),
    "answer_gone": _("the message was deleted on the network"),
    "answer_too_long": _("the answer is too long for this network"),
    "answer_window_shut": _("too much time has passed since they last wrote"),
    "cannot_there": _("the network does not let other software do this"),
    "cannot_not_granted": _("the sign-in was not granted this"),
    "cannot_refused": _("the network said no when it was tried"),
    "channel_disconnected": _("the channel is disconnected"),
}
_WHY: Mapping[Why, str] = {
    Why.NO: "cannot_there", Why.NOT_GRANTED: "cannot_not_granted", Why.REFUSED: "cannot_refused",
}  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """A channel, how many conversations of a pile are on it, and for how many it cannot be done."""

    channel: Channel
    talks: int
    unable: int
    why: str


def label(pile: Pile) -> str:
    """Its neutral name in the reader's language."""
    language = (get_language() or "en")[:2]
    return str(pile.labels.get(language) or pile.labels.get("en") or _now("other subject"))


def headline(found: Standings) -> str:
    """ "412 people, 3 arguments, 9 threats"."""
    parts = [
        _people(found.people),
        ngettext("%(n)s argument", "%(n)s arguments", len(found.piles)) % {"n": len(found.piles)},
        *([_threats(found.threats)] if found.threats else []),
    ]
    return ", ".join(parts)


def figures(one: Standing) -> str:
    """ "412 people, 530 messages, 9 threats, 14 questions"."""
    heads = one.pile.counts.get("heads", {})
    questions = int(heads.get(Head.QUESTION.value, 0))
    parts = [_people(one.pile.people), _messages(one.pile.messages)]
    if one.threats:
        parts.append(_threats(one.threats))
    if questions:
        parts.append(ngettext("%(n)s question", "%(n)s questions", questions) % {"n": questions})
    return ", ".join(parts)


def waits(one: Standing) -> str:
    n = one.talks
    said = ngettext("%(n)s conversation waits", "%(n)s conversations wait", n) % {"n": n}
    if not one.exceptions:
        return said
    more = ngettext("%(n)s to look at by itself", "%(n)s to look at one by one", one.exceptions) % {
        "n": one.exceptions
    }
    return f"{said}, {more}"


def to_read(found: Tally) -> list[str]:
    """How many the reader is shown, how many are veiled, and how many are put aside."""
    shown, veiled, aside = found.shown, found.veiled, found.aside
    said = []
    if shown:
        said.append(ngettext("%(n)s is shown", "%(n)s are shown", shown) % {"n": shown})
    if veiled:
        said.append(ngettext("%(n)s is veiled", "%(n)s are veiled", veiled) % {"n": veiled})
    if aside:
        said.append(ngettext("%(n)s is put aside", "%(n)s are put aside", aside) % {"n": aside})
    return said


def languages(pile: Pile) -> list[str]:
    found = sorted(pile.counts.get("languages", {}).items(), key=lambda one: -one[1])
    return [
        _now("%(language)s: %(n)s")
        % {"language": LANGUAGES.get(code) or _now("another language"), "n": n}
        for code, n in found
    ]


def signs(pile: Pile) -> list[str]:
    return [_sign(Hint(hint), count, of) for hint, count, of in pile.signs]


def looks_arranged(pile: Pile) -> bool:
    return arranged([Sign(Hint(hint), count, of) for hint, count, of in pile.signs])


def deed(row: PileDeed, reader: UUID) -> dict[str, Any]:
    """For the template: what was done to all, how far it is, and what was left out and why; of an
    answer that was only asked for, its words. reader: a person's id."""
    done = ngettext("%(n)s conversation", "%(n)s conversations", row.done) % {"n": row.done}
    asked = row.state in _ASKED
    return {
        "row": row,
        "title": _now("An answer to all of it") if asked else _did(row),
        "state": _STATES[row.state],
        "going": row.state == "going",
        "waits": row.state == "proposed",
        "refused": row.state == "refused",
        "own": row.by_id == reader,
        "words": row.text if asked else "",
        "done": "" if asked else done,
        "left": [(n, _LEFT.get(code) or sentence(code)) for code, n in row.left.items()],
    }


def proposed(row: PileDeed, found: Reached) -> dict[str, Any]:
    """For who says yes or no: what it is about, how many it answers, and how many it leaves because
    they said something new since."""
    standing = Standing(row.pile, {}, row.pile.last_at or row.created_at)
    return {
        "deed": row,
        "label": label(row.pile),
        "figures": figures(standing),
        "talks": min(found.talks, deeds.MOST),
        "newer": found.newer,
        "capped": found.talks > deeds.MOST,
        "most": deeds.MOST,
    }


def _did(row: PileDeed) -> str:
    if row.label is None:
        return str(_DID[row.deed])
    return _now("Labelled: %(label)s") % {"label": row.label.name}


def reach(deed_name: str, found: Iterable[OnChannel]) -> list[Reach]:
    """Where it can be done. A query for each channel, none where nothing has to leave."""
    return [_reach(deed_name, one) for one in found]


def _reach(deed_name: str, one: OnChannel) -> Reach:
    if deed_name not in (deeds.ANSWER, deeds.HIDE):
        return Reach(one.channel, one.talks, 0, "")
    if one.channel.state == "disconnected":
        return Reach(one.channel, one.talks, one.talks, str(_LEFT["channel_disconnected"]))
    allowed = all_allowed(one.channel)
    unable, why = 0, ""
    for what, n in one.whats.items():
        can = Can.HIDE if deed_name == deeds.HIDE else ability(what)
        if not allowed[can].yes:
            unable, why = unable + n, str(_LEFT[_WHY[allowed[can].why]])
    return Reach(one.channel, one.talks, unable, why)


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def _messages(n: int) -> str:
    return ngettext("%(n)s message", "%(n)s messages", n) % {"n": n}


def _threats(n: int) -> str:
    return ngettext("%(n)s threat", "%(n)s threats", n) % {"n": n}


def _sign(hint: Hint, count: int, of: int) -> str:
    said = {
        Hint.COPIES: _now("%(n)s of %(of)s messages have words that somebody else posted too."),
        Hint.BURST: _now("%(n)s of %(of)s messages came within ten minutes."),
        Hint.NEW_ACCOUNTS: _now("%(n)s of %(of)s accounts were younger than a month."),
        Hint.FEW_AUTHORS: _now("%(n)s people wrote all %(of)s messages."),
    }[hint]
    return said % {"n": count, "of": of}
