"""What a message asks of those who answer: its one category, by which the inbox is worked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from breakwater.domain.scoring.scores import Band, Head


class Category(StrEnum):
    """In the order in which people are asked to look."""

    DANGER = "danger"
    """Somebody may be in danger: never grouped, never locked out, never answered by a machine."""
    THREAT = "threat"
    """Somebody is threatened: kept as evidence, for the duty person."""
    CRISIS = "crisis"
    """May become a crisis of the brand."""
    QUESTION = "question"
    REQUEST = "request"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    OTHER = "other"
    SPAM = "spam"
    ABUSE = "abuse"
    """Abuse and nothing else: nobody needs to read it now."""


URGENT = (Category.DANGER, Category.THREAT, Category.CRISIS)
ASKS = (*URGENT, Category.QUESTION, Category.REQUEST, Category.COMPLAINT)
"""Somebody waits for an answer."""

FROM = {
    Head.CRISIS: 0.15, Head.QUESTION: 0.15, Head.REQUEST: 0.25, Head.COMPLAINT: 0.3, Head.PRAISE: 0.3,
}  # fmt: skip
"""Chance from which a text is taken to want something. Chances are calibrated, and few messages ask
for anything, so a half is seldom reached. On our own texts that were kept back (5,575) the limits
find 98 % of questions (10 % of the others), 34 % of requests (2), 67 % of complaints (14), 40 % of
crises (3), 36 % of praise (3)."""
MARKED = 0.005
"""The same of a text that is put as a question (asking.py): 71 % of questions reach 0.5, 97 % have
the mark or a form, and 10 % of all else."""
PERHAPS = 0.1
"""The same of an abusive text: a question in it must not be lost among the abuse."""
THREATENS = 0.15
"""Chance of a threat from which a person should look, whether it is veiled for it or not: 59 % of our
own threats reach it, and 6 % of all else."""
MAY_THREATEN = 0.09
"""The same of a text that nobody would look at otherwise. Looking at one that is none costs a tenth
of a threat missed, as with danger: a chance of one in eleven."""

_OF = {
    Head.CRISIS: Category.CRISIS, Head.QUESTION: Category.QUESTION, Head.REQUEST: Category.REQUEST,
    Head.COMPLAINT: Category.COMPLAINT, Head.PRAISE: Category.PRAISE,
}  # fmt: skip
_GOOD_STARS = 4


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one message. rating: stars of a review. spam: it says nothing but buy.
    marked: it is put as a question."""

    chances: Mapping[Head, float]
    band: Band | None
    reasons: Sequence[Head] = ()
    danger: bool = False
    rating: int | None = None
    spam: bool = False
    marked: bool = False


def wants(signs: Signs) -> tuple[Head, ...]:
    """What its writer wants, in the order of `Category`."""
    abusive = signs.band in (Band.VEILED, Band.HELD)
    limits = {
        head: min(limit, PERHAPS) if abusive and head is not Head.PRAISE else limit
        for head, limit in FROM.items()
    }
    if signs.marked:
        limits[Head.QUESTION] = MARKED
    return tuple(head for head, limit in limits.items() if signs.chances.get(head, 0.0) >= limit)


def threatens(signs: Signs) -> bool:
    return Head.THREAT in signs.reasons or signs.chances.get(Head.THREAT, 0.0) >= THREATENS


def may_threaten(signs: Signs) -> bool:
    return threatens(signs) or signs.chances.get(Head.THREAT, 0.0) >= MAY_THREATEN


def category_of(signs: Signs) -> Category:
    """Danger before threats before all that asks for an answer; abuse only where nothing is asked,
    and nobody may be threatened."""
    if signs.danger:
        return Category.DANGER
    if threatens(signs):
        return Category.THREAT
    if signs.spam:
        return Category.SPAM
    found = [_OF[head] for head in wants(signs)]
    asking = [one for one in found if one in ASKS]
    if asking:
        return asking[0]
    if not found and may_threaten(signs):
        return Category.THREAT
    if signs.band in (Band.VEILED, Band.HELD):
        return Category.ABUSE
    if found:
        return found[0]
    return _by_stars(signs.rating)


def worst(categories: Sequence[Category]) -> Category:
    """Of several messages of one conversation: the one to look at first."""
    order = list(Category)
    return min(categories, key=order.index, default=Category.OTHER)


def _by_stars(rating: int | None) -> Category:
    if rating is None:
        return Category.OTHER
    return Category.PRAISE if rating >= _GOOD_STARS else Category.COMPLAINT
