"""At the foot of a message: what was done on the network, and what can be.

None of it needs the text: who is spared it can act all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from breakwater.core.ids import new_id
from breakwater.domain.triage import Category
from breakwater.inbox import deeds
from breakwater.inbox.deeds import Possible, Powers
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.services.acting_on_many import MANY
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.inbox_panels import Mark, Sight
from breakwater.web.watching import moves

ASK = frozenset(words.QUESTIONS)
"""Deeds that a person is asked about before."""
_ILL = frozenset({Category.ABUSE, Category.THREAT, Category.SPAM})
"""Nobody likes these."""


@dataclass(frozen=True)
class Offer:
    """One line of the menu."""

    deed: Deed
    label: str
    icon: str
    asks: bool


@dataclass(frozen=True)
class Shown:
    """One deed that was done, or is on its way."""

    answer: Answer
    standing: words.Standing
    undo: bool


def marks(sight: Sight) -> Mapping[int, Mark]:
    """No query where the channel's trials were fetched, one elsewhere."""
    theirs = [item for item in sight.items if not item.own]
    powers, done = deeds.powers_of(sight.thread.channel), sight.done
    return {
        item.pk: Mark("inbox/deeds.html", {
            **done_of(sight.access, item, done[item.pk], powers, now=sight.now),
            **_menu(sight.access, item, done[item.pk], powers),
        })
        for item in theirs
    }  # fmt: skip


def done_of(
    access: Access, item: Item, done: Sequence[Answer], powers: Powers, *, now: datetime
) -> dict[str, Any]:
    """For inbox/deeds-done.html."""
    may = access.may(Right.ANSWER)
    return {
        "item_id": item.pk,
        "done": [
            Shown(one, words.standing(one.delivery), may and deeds.undoable(one, powers))
            for one in done
        ],
        "moving": any(moves(one.delivery, now) for one in done),
        "request": new_id(),
    }


def several_offers(access: Access) -> list[Offer]:
    """Deeds that a list offers for what was chosen in it; each asks before."""
    if not access.may(Right.ANSWER):
        return []
    every = [one for one in MANY if may_do(access, one)]
    return [Offer(one, str(words.SEVERAL[one]), words.ICONS[one], asks=True) for one in every]


def may_do(access: Access, wanted: Deed) -> bool:
    """Whether the role of somebody who answers people is enough for it."""
    return wanted is not Deed.REMOVE or access.may(Right.TAKE_DOWN)


def _menu(access: Access, item: Item, done: Sequence[Answer], powers: Powers) -> dict[str, Any]:
    """What is offered, and why the rest is not; nothing to those who may answer nobody."""
    if not access.may(Right.ANSWER):
        return {"offers": [], "cannot": []}
    stand = {one.deed for one in done if deeds.stands(one)}
    if item.category in _ILL:
        stand.add(Deed.LIKE)
    every = [one for one in deeds.possible(item, powers) if one.deed not in stand]
    return {
        "offers": [_offer(one) for one in every if one.yes and may_do(access, one.deed)],
        "cannot": [
            words.why_not(one.deed, one.why) for one in every if not one.yes and not item.gone
        ],
    }


def _offer(one: Possible) -> Offer:
    label, icon = str(words.LABELS[one.deed]), words.ICONS[one.deed]
    return Offer(one.deed, label, icon, asks=one.deed in ASK)
