"""What a message is, in one neutral line: its category and its facts, never one of its words."""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.domain.facts import Fact, Kind, facts, questions
from breakwater.domain.grouping.labels import neutral
from breakwater.domain.triage import Category

_ONE: dict[Category, str | Promise] = {
    Category.DANGER: _("Somebody may be in danger"),
    Category.THREAT: _("A threat"),
    Category.CRISIS: _("What may become a crisis"),
    Category.QUESTION: _("A question"),
    Category.REQUEST: _("A request"),
    Category.COMPLAINT: _("A complaint"),
    Category.PRAISE: _("Praise"),
    Category.OTHER: _("A message"),
    Category.SPAM: _("Advertising"),
    Category.ABUSE: _("Abuse and nothing else"),
}
_LONGEST_LETTERS = 4
_MOST_NUMBERS = 2
_LETTERS = re.compile(r"[^\W\d_]+")


def summary(category: Category, text: str) -> str:
    """In the language in use: "A question, with the number 48213, a date and an amount (49,90 €)".

    Of the text it shows figures alone, and the few letters before or after those of a number, if
    they offend nobody. Costs no score.
    """
    said = _said(text, facts(text), len(questions(text)))
    what = str(_ONE[category])
    if not said:
        return f"{what}."
    return _now("%(what)s, with %(facts)s.") % {"what": what, "facts": _joined(said)}


def _said(text: str, found: Sequence[Fact], asked: int) -> list[str]:
    of = {kind: [one.of(text) for one in found if one.kind is kind] for kind in Kind}
    said = [*_numbers(of[Kind.ORDER]), *_amounts(of[Kind.AMOUNT])]
    counted = {
        Kind.DATE: ngettext("a date", "dates", len(of[Kind.DATE])),
        Kind.TIME: ngettext("a time of day", "times of day", len(of[Kind.TIME])),
        Kind.PLACE: ngettext("a place", "places", len(of[Kind.PLACE])),
        Kind.PHONE: ngettext("a telephone number", "telephone numbers", len(of[Kind.PHONE])),
        Kind.LINK: ngettext("a link", "links", len(of[Kind.LINK])),
    }
    said += [word for kind, word in counted.items() if of[kind]]
    if asked > 1:
        said.append(ngettext("%(n)s question", "%(n)s questions", asked) % {"n": asked})
    return said


def _numbers(numbers: Sequence[str]) -> list[str]:
    shown = [one for one in dict.fromkeys(numbers) if _harmless(one)][:_MOST_NUMBERS]
    if not shown:
        return [_now("a number")] if numbers else []
    return [_now("the number %(number)s") % {"number": one} for one in shown]


def _amounts(amounts: Sequence[str]) -> list[str]:
    if len(amounts) == 1:
        return [_now("an amount (%(amount)s)") % {"amount": " ".join(amounts[0].split())}]
    return [_now("amounts")] if amounts else []


def _harmless(number: str) -> bool:
    runs = _LETTERS.findall(number)
    if any(len(run) > _LONGEST_LETTERS for run in runs):
        return False
    return all(neutral(one, lambda _: False) for one in (number, *runs, "".join(runs)))


def _joined(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _now("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
