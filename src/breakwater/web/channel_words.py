"""What goes on at a channel, in words: budgets, how news arrives, what the account offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.bills import Left
from breakwater.channels.listening import Pushes, Reading, Told
from breakwater.channels.models import Channel
from breakwater.channels.services.reading import FIGURES, PROFILE
from breakwater.core.messages import knows, sentence
from breakwater.networks.base import Ask, Manifest, Option
from breakwater.web.call_words import budget_word
from breakwater.web.manifest_words import SOURCES, translated


@dataclass(frozen=True)
class BudgetLine:
    """name: of the budget. until: when all of it is there again; None while none of it is used."""

    name: str
    value: str
    until: datetime | None
    used_up: bool


def budget_lines(lefts: Iterable[Left]) -> list[BudgetLine]:
    """Those of which something is used first."""
    lines = [
        BudgetLine(budget_word(one.budget.name), _used(one), one.until, one.used_up)
        for one in lefts
    ]
    return sorted(lines, key=lambda one: one.until is None)


def _used(left: Left) -> str:
    data = {"used": left.used, "units": left.budget.units}
    if left.budget.whole_app:
        return _now("%(used)s of %(units)s used, by all accounts together") % data
    return _now("%(used)s of %(units)s used") % data


SHOWN = 10
"""Values of a list that are named."""


@dataclass(frozen=True)
class ChoiceLine:
    """What the account offers for one option of a post. values: the first few; more: how many
    besides. asked: whether it was ever asked."""

    name: str
    values: tuple[str, ...]
    more: int
    asked: bool


def choice_lines(channel: Channel, manifest: Manifest) -> list[ChoiceLine]:
    """Each list of the account's own, in the manifest's order."""
    return [_choice(channel, one) for one in manifest.options if one.of_account]


def _choice(channel: Channel, option: Option) -> ChoiceLine:
    own = channel.choices.get(option.name)
    name, known = translated(option.label), dict(option.choices)
    if option.ask is Ask.FLAG:
        word = _now("possible") if own else _now("switched off in the account")
        return ChoiceLine(name, (word,), 0, own is not None)
    words = [translated(known[one]) if one in known else str(label) for one, label in own or ()]
    return ChoiceLine(name, tuple(words[:SHOWN]), max(0, len(words) - SHOWN), own is not None)


_NO_TROUBLE = ("", "unsupported")


@dataclass(frozen=True)
class Source:
    """What is read of a channel, in words. stands: what is in the way; "" for nothing."""

    word: str | Promise
    read_at: datetime | None
    next_at: datetime | None
    how: str
    stands: str


def pushes_word(pushes: Pushes) -> str:
    """Whether pushes come, and why not."""
    said = sentence(f"told_{pushes.told.value}")
    if pushes.told is Told.FAILING and knows(pushes.trouble):
        return f"{said} {sentence(pushes.trouble)}"
    return said


def source(reading: Reading) -> Source:
    known: Mapping[str, str | Promise] = {
        **{one.value: word for one, word in SOURCES.items()},
        PROFILE: _("How the account shows itself"),
        FIGURES: _("Figures of the account"),
    }
    word = known.get(reading.source, _("As it happens"))
    return Source(word, reading.read_at, reading.next_at, _how(reading), reading_trouble(reading))


def reading_trouble(reading: Reading) -> str:
    """Why a source is not read at the moment; "" while it is."""
    if reading.next_at is None:
        return _now("Not possible for this account.")
    if reading.trouble == "over_cap":
        return _now("Nothing is read before the next month: the cap is spent.")
    if reading.trouble == "budget_used":
        return _now("What the network allows in a while is used up. It goes on by itself.")
    if reading.trouble in _NO_TROUBLE:
        return ""
    if knows(reading.trouble):
        return sentence(reading.trouble)
    return _now("The last look did not succeed. It is tried again by itself.")


def _how(reading: Reading) -> str:
    return _now("pushed; looked at now and then") if reading.pushed else ""
